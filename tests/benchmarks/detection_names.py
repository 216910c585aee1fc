"""How many names and addresses the rules find, by language of the message and by the group the name comes from.

    python tests/benchmarks/detection_names.py [--rules] [--misses]

Detectors of names do not find all names equally well (arXiv 2205.04505), so recall is given by group. Every name stands
in every sentence of every language: with a cue ("my name is"), or bare in the middle of a sentence, which rules alone
cannot know. Names are common given and family names of each group; streets are written as their country writes them.
A name counts as found when nine tenths of its letters are covered.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from detection import covered, made, mask

from explainbot.privacy import Redactor

NAMES = {
    "English": ["Emma Clarke", "Jack Wilson", "Olivia O'Connor"],
    "German": ["Jürgen Weiß", "Anna-Lena Krüger", "Heike Vogel"],
    "French": ["Élodie Lefèvre", "Jean-Luc Moreau", "Chloé Dubois"],
    "Spanish": ["María José Núñez", "Álvaro Gutiérrez", "Lucía Peña"],
    "Italian": ["Giulia D'Angelo", "Niccolò Esposito", "Chiara Ricci"],
    "Dutch": ["Sanne de Vries", "Pieter van den Berg", "Femke Jansen"],
    "Portuguese": ["João Gonçalves", "Inês da Silva", "Tiago Araújo"],
    "Polish": ["Łukasz Wójcik", "Żaneta Piątek", "Katarzyna Szymańska"],
    "Arabic": ["Mohammed Al-Farsi", "Fatima El Amrani", "Yusuf bin Khalid"],
    "Chinese": ["Wei Zhang", "Xiaoming Li", "Mei-Ling Chen"],
    "Indian": ["Priya Venkataraman", "Arjun Patel", "Lakshmi Iyer"],
    "Nigerian": ["Chukwuemeka Okafor", "Ngozi Adeyemi", "Oluwaseun Balogun"],
    "Vietnamese": ["Nguyễn Văn An", "Trần Thị Hoa", "Linh Phạm"],
    "Turkish": ["Ayşe Yılmaz", "İbrahim Öztürk", "Çağla Şahin"],
    "Korean": ["Min-jun Kim", "Seo-yeon Park", "Ji-woo Choi"],
}
CUED = {
    "en": ["Hi, my name is {}.", "Kind regards,\n{}", "Dear Ms {},", "This is {}, I have a question.", "Customer: {}"],
    "de": ["Ich heiße {}.", "Mit freundlichen Grüßen\n{}", "Sehr geehrter Herr {},", "Hier ist {}.", "Name: {}"],
    "fr": ["Je m'appelle {}.", "Cordialement,\n{}", "Cher Monsieur {},", "Je suis {}.", "Nom : {}"],
    "es": ["Me llamo {}.", "Saludos,\n{}", "Estimada Sra. {},", "Soy {}.", "Nombre: {}"],
    "it": ["Mi chiamo {}.", "Cordiali saluti,\n{}", "Gentile signora {},", "Sono {}.", "Cognome: {}"],
    "nl": ["Ik heet {}.", "Met vriendelijke groet,\n{}", "Geachte heer {},", "Mijn naam is {}.", "Naam: {}"],
    "pt": ["Meu nome é {}.", "Atenciosamente,\n{}", "Prezada Sra. {},", "Eu sou a {}.", "Nome: {}"],
    "pl": ["Nazywam się {}.", "Z poważaniem,\n{}", "Szanowny Panie {},", "Jestem {}.", "Nazwisko: {}"],
}
BARE = {
    "en": "Yesterday {} ordered two chairs from you.", "de": "Gestern hat {} zwei Stühle bestellt.",
    "fr": "Hier {} a commandé deux chaises.", "es": "Ayer {} pidió dos sillas.", "it": "Ieri {} ha ordinato due sedie.",
    "nl": "Gisteren heeft {} twee stoelen besteld.", "pt": "Ontem {} pediu duas cadeiras.",
    "pl": "Wczoraj {} zamówił dwa krzesła.",
}  # fmt: skip
ADDRESSES = {
    "en": ["221B Baker Street, London NW1 6XE", "350 Fifth Avenue, New York, NY 10118", "12 Elm Grove", "PO Box 1234"],
    "de": ["Musterstraße 12, 10115 Berlin", "Berliner Str. 45a", "Am Alten Markt 3", "Lindenallee 7b, 80331 München"],
    "fr": [
        "12 rue de Rivoli, 75004 Paris",
        "5 bis avenue Victor Hugo",
        "8, boulevard Saint-Michel",
        "3 place Bellecour",
    ],
    "es": ["Calle de Alcalá 45, 28014 Madrid", "C/ Mayor 3", "Avenida Diagonal 211", "Paseo del Prado, 8"],
    "it": ["Via Garibaldi 22, 20121 Milano", "Piazza del Duomo 1", "Viale Europa, 14", "Corso Vittorio Emanuele 7"],
    "nl": ["Prinsengracht 263, 1016 GV Amsterdam", "Kerkstraat 12-2", "Laan van Meerdervoort 50", "Stationsplein 9"],
    "pt": ["Rua Augusta 24, 1100-053 Lisboa", "Av. Paulista, 1578", "Rua das Flores, nº 10", "Travessa do Carmo 5"],
    "pl": ["ul. Marszałkowska 10/5, 00-590 Warszawa", "al. Jerozolimskie 44", "os. Kolorowe 8/12", "pl. Wolności 3"],
}
SENTENCES = {
    "en": "Please send it to {} this week.", "de": "Bitte schicken Sie es an {} diese Woche.",
    "fr": "Envoyez-le au {} cette semaine.", "es": "Envíelo a {} esta semana.", "it": "Speditelo in {} domani.",
    "nl": "Stuur het naar {} deze week.", "pt": "Envie para {} esta semana.", "pl": "Proszę wysłać na {} jutro.",
}  # fmt: skip


class Table:
    """Found and all, by row and column."""

    def __init__(self, redactor: Redactor, misses: bool) -> None:
        self.redactor = redactor
        self.misses = misses
        self.found: Counter[tuple[str, str]] = Counter()
        self.total: Counter[tuple[str, str]] = Counter()

    def add(self, row: str, column: str, sentence: str, value: str) -> None:
        text = sentence.format(value)
        start = text.index(value)
        hidden = mask(text, ((item.start, item.end) for item in self.redactor.detect(text)))
        good = covered(text, start, start + len(value), hidden) >= 0.9
        for key in ((row, column), (row, "all"), ("all", column), ("all", "all")):
            self.found[key] += good
            self.total[key] += 1
        if self.misses and not good:
            print("  missed", repr(text))

    def show(self, title: str) -> None:
        rows = list(dict.fromkeys(row for row, _ in self.total if row != "all"))
        columns = list(dict.fromkeys(column for _, column in self.total if column != "all"))
        print(f"\n{title:12}" + "".join(f"{column:>7}" for column in (*columns, "all")))
        for row in (*rows, "all"):
            cells = [(self.found[row, column], self.total[row, column]) for column in (*columns, "all")]
            print(f"{row:12}" + "".join(f"{100 * good / of:6.0f}%" if of else f"{'-':>7}" for good, of in cells))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="show what was missed")
    parser.add_argument("--rules", action="store_true", help="without the tagger of names and addresses")
    chosen = parser.parse_args()
    misses, rules = chosen.misses, chosen.rules
    cued, bare, addresses = (Table(made(rules=rules), misses) for _ in range(3))
    for group, names in NAMES.items():
        for name in names:
            for language, sentences in CUED.items():
                for sentence in sentences:
                    cued.add(group, language, sentence, name)
                bare.add(group, language, BARE[language], name)
    for language, values in ADDRESSES.items():
        for value in values:
            addresses.add("addresses", language, SENTENCES[language], value)
    cued.show("with a cue")
    bare.show("bare")
    addresses.show("addresses")
    return 0


if __name__ == "__main__":
    sys.exit(main())
