"""Identity and tax numbers: known by form and check digits alone, or by the words for them in many languages.

The numbers are made up, with check digits by python-stdnum or by the rule that `id_form` names.
"""

from __future__ import annotations

import pytest

from explainbot.privacy import Redactor
from explainbot.privacy.detectors import DETECTORS

RULES = Redactor([(name, DETECTORS.load(name)) for name in DETECTORS if name != "tagger"])
IDS = Redactor([(name, DETECTORS.load(name)) for name in ("id_form", "national_id")])


def found(redactor: Redactor, text: str) -> list[str]:
    return [text[item.start : item.end] for item in redactor.detect(text)]


BY_FORM = {
    "Finland, born in the 20th century, sign of 2023": ("230570X384A", "230570X384B"),
    "Finland": ("040153-772Y", "040153-772Z"),
    "Singapore": ("S6079096E", "S6079096F"),
    "Spain, foreigner": ("Y2835775G", "Y2835775H"),
    "Spain": ("01439147Z", "01439147Y"),
    "Ireland": ("1291222G", "1291222H"),
    "Hong Kong": ("J848359(8)", "J848359(7)"),
    "Chile": ("12.237.965-5", "12.237.965-6"),
    "Germany, pension": ("65110986P050", "65110986P051"),
    "Portugal": ("49669549 1 HD7", "49669549 1 HD8"),
    "Czechia": ("961112/8692", "961112/8693"),
    "Sweden": ("611208-8445", "611208-8446"),
    "Iceland": ("080561-3429", "080561-3439"),
    "Brazil": ("803.899.443-43", "803.899.443-44"),
    "Belgium": ("74.10.02-808.77", "74.10.02-808.78"),
    "Argentina": ("20-49090528-7", "20-49090528-8"),
    "Russia": ("542-599-125 12", "542-599-125 13"),
    "Dominican Republic": ("515-1508079-7", "515-1508079-8"),
    "Malaysia": ("540815-14-0999", "541315-14-0999"),
    "Switzerland": ("756.9309.3760.85", "756.9309.3760.86"),
    "Thailand": ("7-9037-54727-33-7", "7-9037-54727-33-8"),
    "France": ("2 77 07 13 573 776 38", "2 77 07 13 573 776 39"),
    "China": ("110105199707268945", "110105199707268946"),
    "South Korea": ("530317-2694878", "531317-2694878"),
    "Venezuela": ("V-37147040-5", "V-37147040-6"),
    "Mexico": ("HAWG651001T24", "HAWG651001T25"),
    "India": ("ABCPK1234F", "ABCDK1234F"),
}


@pytest.mark.parametrize("country", BY_FORM)
def test_a_form_with_its_check_digits_needs_no_word(country: str) -> None:
    number, wrong = BY_FORM[country]
    assert found(IDS, f"Hello, this is {number}, writing about my refund.") == [number]
    assert found(IDS, number) == [number]
    assert found(IDS, f"Hello, this is {wrong}, writing about my refund.") == []
    assert found(IDS, f"Where is order {number}?") == []


@pytest.mark.parametrize(
    ("number", "checked"), [("040153-772Y", True), ("A012345678B", False), ("GHA-723456789-0", False)]
)
def test_check_digits_are_named_as_the_reason_only_where_there_are_any(number: str, checked: bool) -> None:
    (item,) = IDS.detect(f"It is {number}, thanks.")
    assert ("check digits" in item.why) == checked


BY_WORD = [
    ("My personal identity code is {}.", "040153-772Y"),
    ("Isikukood: {}", "38903176856"),
    ("Mój PESEL to {}", "64060686970"),
    ("TCKN numarası {} olarak kayıtlı", "92936893504"),
    ("Kimlik numaram {}", "92936893504"),
    ("OIB: HR {}", "35168096984"),
    ("我的身份证号码是{}", "110105199707268945"),
    ("マイナンバーは{}です", "341910835370"),
    ("เลขประจำตัวประชาชน {}", "7903754727337"),
    ("주민등록번호는 {}입니다", "5303172694878"),
    ("Мой ИНН {}", "405958809257"),
    ("מספר זהות: {}", "39337423"),
    ("الرقم القومي: {}", "29001011234567"),
    ("Cod Numeric Personal: {}", "1830911314891"),
    ("Documento nacional de identidad: {}", "01439147-Z"),
    ("Carta d'identità: {}", "CA12345AB"),
    ("Carte nationale d'identité n° {}", "880692310285"),
    ("Número de identificação fiscal: PT {}", "605 664 366"),
    ("Vergi kimlik no: {}", "5532955028"),
    ("Voter ID: {}", "WKH1186253"),
    ("my NIN is {}", "12345678901"),
    ("CCCD: {}", "001099012345"),
    ("ИИН {}", "860705300123"),
    ("JMBG: {}", "0101006500006"),
    ("GSTIN number is {}", "27PREPB4416P1Z9"),
    ("Umsatzsteuer-Identifikationsnummer: {}", "DE136695976"),
    ("My Medicare number: {}", "1EG4-TE5-MK73"),
    ("KRA PIN: {}", "A004416331M"),
    ("Foreigner Registration Number: {}", "5303172694878"),
    ("social security number: {}", "74 10 02 808 77"),
    ("NI number: {}", "QQ123456C"),
    ("StNr. {}", "181/815/08155"),
]


@pytest.mark.parametrize(("said", "number"), BY_WORD)
def test_a_word_for_it_says_whose_number_follows(said: str, number: str) -> None:
    text = said.format(number)
    assert any(number in piece for piece in found(IDS, text)), found(IDS, text)


@pytest.mark.parametrize(
    "text",
    [
        "fiscal year 2024-2025",
        "The voter turnout was 12345678.",
        "a numeric field of 1234567890123 digits",
        "gst: 10% of 1200000",
        "the social network has 12345678 users",
        "see section 12.345.678-1 of the manual",
        "SKU 12345678A in blue",
        "part no. 1234567T",
        "Tracking 7946 1234 5678",
        "version 20.49090528.7",
        "personal best: 1234567 points",
        "dui lectus 20231112",
        "epic 1234567890",
    ],
)
def test_numbers_of_everyday_are_nobodys(text: str) -> None:
    assert found(IDS, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "卡号4111111111111111已过期",
        "IBANはDE89370400440532013000です",
        "服务器192.168.17.4不通",
        "邮箱jane@example.com谢谢",
    ],
)
def test_a_number_begins_and_ends_where_the_script_changes(text: str) -> None:
    (piece,) = found(RULES, text)
    assert piece in text
    assert sum(map(str.isascii, piece)) > 10


@pytest.mark.parametrize("address", ["FF:FF:FF:FF:FF:FF", "00:00:00:00:00:00", "00-00-00-00-00-00"])
def test_the_address_of_every_or_no_device_is_nobodys(address: str) -> None:
    assert found(RULES, f"MAC {address}") == []


@pytest.mark.parametrize("number", ["144619891105199570", "82282072841128100X"])
def test_a_number_of_no_place_is_no_fault(number: str) -> None:
    assert found(RULES, f"Tracking {number} is late.") == []
