"""Postal addresses of thirty countries, in one line and over several.

Order of the parts by country: Universal Postal Union, "Addressing systems" (S42), and, for the United States,
Publication 28 of the Postal Service. Street names are put together from surnames, towns and everyday words.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

from lists import held_out, names, states, towns

US_SUFFIX = """Street St Street Road Rd Avenue Ave Avenue Drive Dr Drive Lane Ln Lane Way Court Ct Boulevard Blvd Boulevard
Place Pl Square Terrace Circle Cir Trail Parkway Pkwy Highway Loop Plaza Alley Row Walk Crescent Close Gardens Hill
Expressway Crossing Ridge Run Path Point Heights Turnpike Bend Cove Grove Mews Parade Esplanade Green Glen Hollow
Junction Landing Manor Meadows Mill Mission Mount Mountain Orchard Park Pass Pines Plain Shore Spur Springs Station
Summit Trace Track View Village Vista Wells Street Street Road Road Avenue Avenue Boulevard""".split()
US_NAMES = """Oak Maple Elm Main Park Cedar Pine Washington Lake Hill Walnut Spring North Ridge Church Willow Mill Sunset
Railroad Jackson River Highland Chestnut Franklin Jefferson Lincoln Center Meadow Forest Hillcrest Birch Broad Market
Cherry Valley College Dogwood Hickory Spruce Union Water Adams Madison School Court Grove Prospect Liberty Front
Pleasant Poplar Locust Magnolia Laurel Vine Central Summit Bay Ocean Harbor Bridge Fox Deer Eagle Hunter Quail Stone
Golden Silver Crystal Rose Canyon Mesa Vista Sierra Buena Alameda Mission Castro Valencia Geary Fillmore Embarcadero
Winchester Blossom Saratoga Tully Story King Queen Victoria Albert High Station London Mountain Sycamore Juniper
Industrial Commerce Airport University Santa Clara Bascom Monterey Almaden Camden Stevens Creek Homestead Bollinger
Grant Sherman Houston Austin Dallas Page Hope Grace Joy Faith Charity Rock Clay Sand Glen""".split()
SPANISH = """El Camino Real|Las Palmas|La Cienega|Los Robles|San Pablo|Santa Rosa|San Carlos|Del Monte|Vista del Mar|Camino
Tassajara|Alma|El Dorado|Paseo Padre|Mira Loma|Alta Vista|Las Vegas|San Felipe|Via Del Oro|Calle Real|Loma Verde"""
PLACES_AS_STREETS = (
    "Broadway|Broadway|The Embarcadero|Highway 9|Route 66|US-101|California 1|State Route 37|Interstate 80|"
)
DIRECTION = ["North", "South", "East", "West", "N", "S", "E", "W", "N.", "NE", "SW", "Northeast", "Northwest"]
COUNTRY = {
    "US": "USA|United States|United States of America|U.S.A.|US",
    "GB": "UK|United Kingdom|England|Great Britain|Scotland|Wales", "CA": "Canada", "AU": "Australia",
    "NZ": "New Zealand", "IE": "Ireland", "IN": "India", "DE": "Germany|Deutschland", "AT": "Austria|Österreich",
    "CH": "Switzerland|Schweiz|Suisse", "FR": "France", "BE": "Belgium|Belgique|België", "NL": "Netherlands|Nederland",
    "ES": "Spain|España", "MX": "Mexico|México", "AR": "Argentina", "CO": "Colombia", "CL": "Chile", "UY": "Uruguay",
    "BR": "Brazil|Brasil", "PT": "Portugal", "IT": "Italy|Italia", "PL": "Poland|Polska",
    "CZ": "Czech Republic|Czechia|Česko", "SK": "Slovakia", "HU": "Hungary|Magyarország",
    "SI": "Slovenia", "HR": "Croatia|Hrvatska", "RO": "Romania|România", "SE": "Sweden|Sverige", "NO": "Norway|Norge",
    "DK": "Denmark|Danmark", "GL": "Greenland", "FI": "Finland|Suomi", "EE": "Estonia", "LT": "Lithuania",
    "IS": "Iceland|Ísland", "TR": "Turkey|Türkiye", "GR": "Greece", "CY": "Cyprus",
    "RU": "Russia|Россия", "UA": "Ukraine|Україна", "JP": "Japan", "CN": "China", "KR": "South Korea|Korea",
    "SG": "Singapore", "MY": "Malaysia", "VN": "Vietnam|Việt Nam", "TH": "Thailand", "ID": "Indonesia",
    "PH": "Philippines", "NG": "Nigeria", "KE": "Kenya", "ZA": "South Africa", "GH": "Ghana", "AE": "UAE|United Arab Emirates",
    "SA": "Saudi Arabia", "EG": "Egypt", "TN": "Tunisia", "MA": "Morocco", "PK": "Pakistan", "IL": "Israel",
}  # fmt: skip
SYLLABLES = """ka ri mo ta le no si va ber lin dor fel gra han mer nor pol ros sand tor ul vik wes hau lund stein brun gar
hol kir mal ner ost ram sol tel vor zel ack bre dal eng flo gil hed jor kan lau man nie ock pra que rin sku tra und""".split()


def pick(rng: random.Random, text: str) -> str:
    return rng.choice(text.replace("\n", " ").split("|"))


def digits(rng: random.Random, pattern: str) -> str:
    """`#` is a digit, `%` a digit but zero, `?` a capital."""
    out = []
    for sign in pattern:
        if sign in "#%":
            out.append(str(rng.randint(int(sign == "%"), 9)))
        else:
            out.append(rng.choice("ABCDEFGHJKLMNPRSTUVWXY") if sign == "?" else sign)
    return "".join(out)


@cache
def _towns_of(country: str) -> list[str]:
    return [name for name, code, _ in towns() if code == country] or ["Nuuk", "Qaqortoq", "Sisimiut"]


def made_up(rng: random.Random) -> str:
    """A word that is in no list, for streets and places that nobody can know."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3, 3, 4)))).capitalize()


def town(rng: random.Random, country: str) -> str:
    """A town of the country, or one that no list has."""
    if rng.random() < 0.25:
        return made_up(rng) + rng.choice(["", "", "", "berg", "stad", "ville", "ton", "burg", "ice", "owo", "o", "a"])
    known = _towns_of(country)
    name = known[min(int(rng.expovariate(1 / 120)), len(known) - 1)] if rng.random() < 0.6 else rng.choice(known)
    return name.upper() if rng.random() < 0.1 else name


@cache
def _families(group: str) -> list[str]:
    return [name for name in names()[group][1] if not held_out(name)]


def family(rng: random.Random, *groups: str) -> str:
    return rng.choice(_families(rng.choice(groups)))


def house(rng: random.Random) -> str:
    size = rng.choice((1, 2, 2, 2, 3, 3, 3, 4, 4, 5))
    number = digits(rng, "%" + "#" * (size - 1))
    extra = rng.random()
    return number + (
        rng.choice("ABCabc")
        if extra < 0.07
        else " 1/2"
        if extra < 0.08
        else f"-{rng.randint(2, 99)}"
        if extra < 0.1
        else ""
    )


def ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def us_name(rng: random.Random) -> str:  # noqa: PLR0911 - and so is a street
    kind = rng.random()
    if kind < 0.36:
        return rng.choice(US_NAMES)
    if kind < 0.5:
        return ordinal(rng.randint(1, 190))
    if kind < 0.74:
        return family(rng, "english", "english", "hispanic", "irish", "german", "black american", "dutch")
    if kind < 0.8:
        return f"{rng.choice(US_NAMES)} {rng.choice(US_NAMES)}"
    if kind < 0.86:
        return pick(rng, SPANISH)
    if kind < 0.92:
        return made_up(rng)
    return town(rng, "US")


def unit(rng: random.Random) -> str:
    kind = rng.choice(["Apt", "Apt.", "Apt.", "Suite", "Ste", "Ste.", "Unit", "Flat", "Floor", "Fl", "#", "# ", "Apartment",
                       "Building", "Bldg.", "Room", "Lot", "Suite #", "Apt #", "No."])  # fmt: skip
    number = digits(rng, rng.choice(["%", "%#", "%##", "###", "%###", "%?", "?%", "?"]))
    return f"{kind}{'' if kind.endswith('#') or kind == '# ' else ' '}{number}"


def us_street(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.05:
        return f"{house(rng)} {pick(rng, PLACES_AS_STREETS[:-1])}"
    if kind < 0.09:
        return f"{house(rng)} {rng.choice([us_name(rng), family(rng, 'english') + chr(39) + 's', made_up(rng)])} {rng.choice(['Gate', 'Common', 'Commons', 'Gardens', 'Straat', 'Strand', 'Rapids', 'Dam', 'Isle', 'Flats', 'Club', 'Radial', 'Coves', 'Estate', 'Wharf', 'Quay', 'Yard', 'Buitengracht', 'Field', 'Lock', 'Ville', 'Unions', 'Mall', 'Burg', 'Fork', 'Trafficway'])}"
    name, suffix = us_name(rng), rng.choice(US_SUFFIX)
    ahead = f"{rng.choice(DIRECTION)} " if rng.random() < 0.14 else ""
    behind = f" {rng.choice(DIRECTION)}" if rng.random() < 0.09 else ""
    if name in pick(rng, SPANISH) and rng.random() < 0.5:
        suffix = ""
    if rng.random() < 0.05:
        suffix = suffix.lower()
    dot = (
        "."
        if len(suffix) in (2, 3, 4) and rng.random() < 0.2 and suffix not in ("Way", "Row", "Park", "Hill", "Cove")
        else ""
    )
    return f"{house(rng)} {ahead}{name} {suffix}{dot}{behind}".replace("  ", " ").strip()


def box(rng: random.Random) -> str:
    return pick(rng, "PO Box |P.O. Box |POB |PO BOX |Box |Post Office Box ") + digits(
        rng, rng.choice(["%#", "%##", "%###"])
    )


def street_of(rng: random.Random, country: str) -> str:
    """The line with the street, as the country writes it."""
    if country in ("US", "CA", "AU", "NZ", "IE", "ZA", "NG", "KE", "GH", "PH", "SG", "GB", "PK", "IN"):
        if country == "GB" and rng.random() < 0.15:
            return f"{rng.choice(['Flat', 'Studio', 'Unit'])} {rng.randint(1, 40)}{rng.choice(', |, |, |/'.split('|'))}{us_street(rng)}"
        if country == "IN" and rng.random() < 0.6:
            return pick(rng, "Flat No. |Plot No. |House No. |H.No. |Door No. |Asset No.|#|") + house(rng) + rng.choice([", ", " ", ", "]) + (
                rng.choice(["MG Road", "Nehru Nagar", "Gandhi Street", "Sector 14", "Aerocity", "Phase 2", "Anna Salai",
                            "Park Street", "Linking Road", "Brigade Road", "Shivaji Nagar", "2nd Cross", "JP Nagar"])
                if rng.random() < 0.6 else family(rng, "indian") + rng.choice([" Nagar", " Marg", " Road", " Colony", " Chowk"]))  # fmt: skip
        return us_street(rng)
    families = {
        "DE": "german", "AT": "german", "CH": "german", "FR": "french", "BE": "french", "NL": "dutch", "ES": "hispanic",
        "MX": "hispanic", "AR": "hispanic", "CO": "hispanic", "CL": "hispanic", "UY": "hispanic", "BR": "portuguese",
        "PT": "portuguese", "IT": "italian", "PL": "slavic", "CZ": "slavic", "SK": "slavic", "SI": "slavic",
        "HR": "slavic", "HU": "hungarian", "RO": "romanian", "SE": "nordic", "NO": "nordic", "DK": "nordic",
        "GL": "nordic", "FI": "nordic", "IS": "nordic", "EE": "baltic", "LT": "baltic", "TR": "turkish", "GR": "greek",
        "CY": "greek letters", "RU": "cyrillic", "UA": "cyrillic", "JP": "japanese", "CN": "chinese", "KR": "korean",
        "VN": "vietnamese", "TH": "thai", "ID": "indonesian", "MY": "indonesian", "AE": "arabic", "SA": "arabic",
        "EG": "arabic", "TN": "arabic", "MA": "arabic", "IL": "hebrew",
    }  # fmt: skip
    name = family(rng, families[country]) if rng.random() < 0.6 else made_up(rng)
    second = rng.choice(_towns_of(country)) if rng.random() < 0.25 else ""
    name = second or name
    after = {
        "DE": "straße|strasse|str.|weg|platz|allee|gasse|ring|damm|ufer| Straße| Str.|er Straße|er Weg|er Platz|er Allee",
        "AT": "gasse|straße|weg|platz|ring", "CH": "strasse|weg|gasse|platz", "NL": "straat|laan|weg|plein|gracht|kade|singel|dijk|hof|wei| park",
        "SE": "gatan|vägen| väg|torget|gränd|plan", "NO": "veien|gata|vegen|bakken|vollen| gate| vei|lia|svingen|kroken|haugen",
        "DK": "vej|gade|allé|stræde|vænget|parken| Alle", "GL": "vej|aqquserna", "FI": "katu|tie|kuja|polku|kaari|nkatu|ntie|raitti",
        "IS": "vegur|gata|braut|stræti|sund|holt|brún|ás", "EE": " tänav| tee| mnt| pst", "LT": " gatvė| g.| pr.",
        "HU": " utca| út| tér| körút| u.| rkp.| köz| sétány", "CZ": "ova|ská||ní| náměstí| třída", "SK": "ova|ská|| ulica",
        "SI": "ova ulica| cesta|eva ulica|ova", "HR": "ova ulica| cesta|ska|eva ulica", "TR": " Caddesi| Sokak| Cad.| Sok.| Bulvarı| Mahallesi",
        "JP": "-cho|-dori| {n}-chome|machi", "CN": " Road| Lu| Street| Avenue| Jie", "KR": "-ro|-gil|-daero",
        "CY": "|ou|s", "TH": " Road|", "TN": "", "RU": " ул.| пр.",
    }  # fmt: skip
    before = {
        "FR": "rue |rue de |avenue |boulevard |place |allée |chemin de |impasse |Rue |Avenue |Boulevard |rue du |Quai |Rue des |rue de la |cours |Route de ",
        "BE": "Rue |Rue de |Avenue |Chaussée de |Boulevard |Place |Rue du ",
        "ES": "Calle |C/ |Avda. |Avenida |Plaza |Paseo |Ctra. |Calle de |C/ del |Carrer |Ronda |Avenida de |Camino |Travesía ",
        "MX": "Calle |Av. |Avenida |Privada |Calzada |Blvd. |Cerrada ", "AR": "Calle |Av. |Avenida |Diagonal |", "CO": "Calle |Carrera |Cra. |Cl. |Avenida ",
        "CL": "Avenida |Calle |Pasaje |Av. ", "UY": "Calle |Bulevar |Avenida |18 de ", "BR": "Rua |Avenida |Av. |Travessa |R. |Alameda |Rua do |Praça |Rua da ",
        "PT": "Rua |Avenida |Travessa |Praça |Largo |Rua da |Rua do |Quinta |R. |Estrada ", "IT": "Via |Viale |Piazza |Corso |via |Via del |Largo |Vicolo |Via di |Via delle |Strada |Contrada ",
        "PL": "ul. |ul. |ulica |al. |pl. |os. |", "CZ": "|Na |U |Pod |K |nám. |", "RO": "Strada |Str. |Bd. |Bulevardul |Aleea |Calea ",
        "RU": "ул. |улица |пр. |проспект ", "UA": "вул. |вулиця |просп. ", "GR": "Odos |Leoforos |Plateia |", "CY": "Οδός |Λεωφόρος |Πλατεία |",
        "CH": "|||Rue de |Via ", "VN": "Đường |đường |Duong |", "ID": "Jl. |Jalan |Gang |Jl ", "MY": "Jalan |Lorong |Jln ", "AE": "Street |Al |", "EG": "Sharia |",
        "TN": "Rue |Avenue |", "MA": "Rue |Avenue |Boulevard ", "SA": "|King ", "IL": "Rehov |HaRav |", "TH": "Soi |Thanon |",
    }  # fmt: skip
    if country in ("SE", "NO", "DK", "FI", "DE", "NL", "AT", "CH", "IS", "GL") and rng.random() < 0.5:
        name = rng.choice(
            "Haupt Bahnhof Kirch Schul Garten Berg Wald Linden Kastanien Mozart Goethe Schiller Birken Dorf Storgata Kirke Skole Strand Skov Mølle Bjørk Industri Have Nør Søn Ring Kirkko Koski Metsä Ranta Mäki Harju Koulu Laguna Fagradal Prinsen Konings Kerk Molen Julianaplein Dam Beuken Roosevelt Hoge Lange Korte".split()
        )
    head = pick(rng, before.get(country, ""))
    tail = pick(rng, after.get(country, "")).replace("{n}", str(rng.randint(1, 9)))
    if head and tail and country in ("CH", "CZ", "RU", "TH"):
        head, tail = (head, "") if rng.random() < 0.5 else ("", tail)
    street = f"{head}{name}{tail}".strip()
    if street.endswith(("straße", "gatan", "vej", "katu")) and name[-1:] == street[-1:]:
        street = street.replace("  ", " ")
    number = house(rng) if country not in ("CO",) else f"# {rng.randint(1, 99)}-{rng.randint(1, 99)}"
    if country in ("JP",):
        return (
            f"{number}-{rng.randint(1, 20)}-{rng.randint(1, 9)} {street}"
            if rng.random() < 0.6
            else f"{street} {number}"
        )
    first = (
        country in ("FR", "BE", "CN", "VN", "TH", "TN", "MA", "IL", "EG", "AE", "SA", "KR", "MY")
        and rng.random() < 0.85
    )
    extra = (
        rng.choice(["", "", "", "", " 3. OG", ", 2º izq", " Top 4", ", int. 5", " bte 3", "/12", ", 4ºB", " hs."])
        if rng.random() < 0.2
        else ""
    )
    return (
        f"{number}{rng.choice([' ', ' ', ', '])}{street}"
        if first
        else f"{street}{rng.choice([' ', ' ', ' ', ', ', ', nº ']) if country in ('ES', 'IT', 'BR', 'PT') else ' '}{number}"
    ) + extra


def postcode(rng: random.Random, country: str) -> str:
    patterns = {
        "US": "#####|#####|#####-####", "GB": "??% %??|?% %??|?%# %??", "CA": "?#? #?#", "NL": "%### ??|%###??", "SE": "### ##|#####",
        "CZ": "### ##", "SK": "### ##", "GR": "### ##", "PL": "##-###", "PT": "####-###", "BR": "#####-###", "JP": "###-####",
        "AU": "####", "NZ": "####", "AT": "%###", "CH": "%###", "BE": "%###", "DK": "%###", "NO": "####", "HU": "%###",
        "SI": "%###", "IE": "?## ?###", "IN": "%#####|%## ###", "RU": "%#####", "CN": "%#####", "SG": "######", "IS": "%##", "RO": "######",
    }  # fmt: skip
    return digits(rng, pick(rng, patterns.get(country, "#####")))


CODES = [
    code
    for code in COUNTRY
    for _ in range({"US": 34, "GB": 6, "DE": 4, "FR": 4, "CA": 3, "ES": 3, "IT": 3, "NL": 3, "AU": 2}.get(code, 1))
]


def lines(rng: random.Random, country: str) -> list[str]:
    """The lines of an address, the country last where it is given."""
    code, place = postcode(rng, country), town(rng, country)
    name, short = rng.choice(states())
    if country == "US":
        last = rng.choice(
            [
                f"{place}, {short} {code}",
                f"{place}, {short} {code}",
                f"{place} {short} {code}",
                f"{place}, {name} {code}",
                f"{place}, {short}",
            ]
        )
    elif country in ("GB", "IE"):
        last = rng.choice([f"{place} {code}", f"{place}, {code}", place])
    elif country in ("CA", "AU"):
        region = rng.choice("ON QC BC AB NS MB SK".split() if country == "CA" else "NSW VIC QLD WA SA TAS".split())
        if country == "AU" and rng.random() < 0.3:
            region = rng.choice(["New South Wales", "Victoria", "Queensland", "Western Australia"])
        last = rng.choice([f"{place} {region} {code}", f"{place}, {region} {code}", f"{place}, {region}"])
    elif country in (
        "IN",
        "JP",
        "CN",
        "KR",
        "NG",
        "KE",
        "ZA",
        "NZ",
        "PH",
        "SG",
        "ID",
        "TH",
        "VN",
        "RU",
        "UA",
        "BR",
        "CO",
        "SA",
        "AE",
        "EG",
        "PK",
    ):
        last = rng.choice([f"{place} {code}", f"{place}, {code}", f"{place} - {code}", place])
    else:
        prefix = (
            {"DE": "D-", "AT": "A-", "CH": "CH-", "HU": "H-", "LT": "LT-"}.get(country, "")
            if rng.random() < 0.12
            else ""
        )
        last = rng.choice([f"{prefix}{code} {place}", f"{prefix}{code} {place}", f"{prefix}{code} {place}", place])
        if country == "IT" and rng.random() < 0.4:
            last += " " + rng.choice(["(MI)", "(RM)", "MI", "TO", "(NA)"])
    found = [street_of(rng, country)]
    if rng.random() < (0.25 if country in ("US", "CA", "AU", "GB") else 0.08):
        found.append(unit(rng))
    found.append(last)
    if rng.random() < 0.4:
        found.append(pick(rng, COUNTRY[country]))
    return found


def odd_lines(rng: random.Random, country: str) -> list[str]:
    """Addresses as forms and databases put them together: a number ahead, parts without a town, the code last."""
    number = digits(rng, rng.choice(["%###", "%####", "%##", "0##", "00##"]))
    head = f"{number} {street_of(rng, country)}" if rng.random() < 0.7 else street_of(rng, country)
    middle = f"{rng.choice(['Apt.', 'Suite', 'Apt', 'Unit'])} {digits(rng, '###')}"
    place = town(rng, country)
    state = rng.choice(["", "", rng.choice(states())[1], digits(rng, "??"), "nan"])
    nation = pick(rng, COUNTRY[country])
    code = digits(rng, "#####")
    tail = rng.choice([[f"{nation} {code}"], [nation, code], [code], [f"{state} {code}".strip()], [nation], []])
    return [
        part
        for part in [head, middle if rng.random() < 0.7 else "", place, state if rng.random() < 0.3 else "", *tail]
        if part
    ]


def military(rng: random.Random) -> list[str]:
    first = rng.choice(
        [
            f"Unit {digits(rng, '####')} Box {digits(rng, '####')}",
            f"PSC {digits(rng, '####')}, Box {digits(rng, '####')}",
            f"USNS {made_up(rng)}",
            f"USCGC {made_up(rng)}",
        ]
    )
    return [first, f"{rng.choice(['APO', 'FPO', 'DPO'])} {rng.choice(['AA', 'AE', 'AP'])} {digits(rng, '#####')}"]


def address(rng: random.Random, country: str | None = None) -> list[str]:
    """An address as its lines."""
    chosen = country or rng.choice(CODES)
    kind = rng.random()
    if kind < 0.03:
        return military(rng)
    if kind < 0.07:
        return [box(rng), lines(rng, chosen)[-1]]
    if kind < 0.27:
        return odd_lines(rng, chosen)
    return lines(rng, chosen)


def one_line(rng: random.Random, country: str | None = None) -> str:
    joint: Callable[[], str] = lambda: rng.choice([", ", ", ", ", ", " ", ", ", " , "])  # noqa: E731
    parts = address(rng, country)
    kind = rng.random()
    if kind < 0.32:
        parts = parts[:1]
    elif kind < 0.37:
        area = rng.choice(
            [
                "Centro",
                "City Centre",
                "Downtown",
                "Old Town",
                "North Side",
                "Harbour District",
                made_up(rng),
                family(rng, "hispanic", "portuguese", "english") + " Park",
            ]
        )
        parts = [f"{parts[0]}{rng.choice([' - ', ', ', ', '])}{area}", *parts[1 : rng.choice([1, len(parts)])]]
    elif kind < 0.5:
        parts = [parts[0], town(rng, country or "US")]
    out = parts[0]
    for part in parts[1:]:
        out += joint() + part
    return out
