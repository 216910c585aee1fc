"""What each detector hits, and near misses it leaves; every table names the source of its rules."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explainbot.privacy import Detection, Redactor, detect
from explainbot.privacy.detectors import DETECTORS
from explainbot.privacy.detectors.credit_card import luhn
from explainbot.privacy.detectors.iban import LENGTHS, mod97
from explainbot.privacy.thresholds import graded, is_graded


def hits(name: str, text: str) -> list[str]:
    """The pieces one detector, working alone, finds."""
    detector = DETECTORS.load(name)
    return [text[item.start : item.end] for item in Redactor([(name, detector)]).detect(text)]


# RFC 5321, 4.1.2 and 4.5.3.1; RFC 6531; RFC 1035, 2.3.4; RFC 3986 for %40.
EMAILS = {
    "write to jane@example.com.": ["jane@example.com"],
    "j.o'neil+shop@mail.example.co.uk": ["j.o'neil+shop@mail.example.co.uk"],
    "<jane@example.com>,joe@example.org;": ["jane@example.com", "joe@example.org"],
    "Email=maria.garcia@example.org;Status=open": ["maria.garcia@example.org"],
    "'jane@example.com'": ["jane@example.com"],
    '"john doe"@example.com said': ['"john doe"@example.com'],
    "josé@società.it": ["josé@società.it"],
    "user@[192.168.2.1]": ["user@[192.168.2.1]"],
    "mailto:jane@example.com?subject=x": ["jane@example.com"],
    "?user=jane%40example.com&x=1": ["jane%40example.com"],
    "jane dot doe at gmail dot com": ["jane dot doe at gmail dot com"],
    "jane.doe (at) example (dot) com pls": ["jane.doe (at) example (dot) com"],
    "jane[at]example.com": ["jane[at]example.com"],
    "meine Mail ist max punkt muster ät web punkt de": ["max punkt muster ät web punkt de"],
    "mon adresse : jean arobase orange point fr": ["jean arobase orange point fr"],
    "mi correo es juan arroba gmail punto com": ["juan arroba gmail punto com"],
    "my email is jane @ example.com": ["jane @ example.com"],
    "max(at)web.de. Danke": ["max(at)web.de"],
    "anna\u200b.lee@exam\u200bple.com": ["anna\u200b.lee@exam\u200bple.com"],
    f"{'a' * 64}@example.com": [f"{'a' * 64}@example.com"],
}
NO_EMAILS = [
    "look at example.com", "meet me @ noon", "@jane", "jane@", "jane@localhost", "a@b", "5 apples @ 1.50", "git@",
    "x@y.1",
    "at the dot com boom", "look at the dot com boom", "meet at this point of sale", "meet me @ example.com",
    "@@@", "arrive at 5. dot your i", "user@-example",
]  # fmt: skip

# ISO/IEC 7812-1 annex B; test numbers as the networks publish them.
CARDS = {
    "4111 1111 1111 1111": ["4111 1111 1111 1111"],
    "5555-5555-5555-4444.": ["5555-5555-5555-4444"],
    "378282246310005": ["378282246310005"],
    "3782 822463 10005": ["3782 822463 10005"],
    "6011111111111117": ["6011111111111117"],
    "3530111333300000": ["3530111333300000"],
    "30569309025904": ["30569309025904"],
    "2223003122003222": ["2223003122003222"],
    "my card 501864667909": ["501864667909"],
    "card 4222222222222": ["4222222222222"],
    "4111 1111 1111 1111 12/27": ["4111 1111 1111 1111"],
    "4111 1111 1111 1111 123": ["4111 1111 1111 1111"],
    "my card number is 4111 1111 1111 1112": ["4111 1111 1111 1112"],
    "４１１１　１１１１　１１１１　１１１１": ["４１１１　１１１１　１１１１　１１１１"],
    "4111\u200b1111\u200b1111\u200b1111": ["4111\u200b1111\u200b1111\u200b1111"],
}
NO_CARDS = [
    "4111 1111 1111 1112", "4111111111111", "0000 0000 0000 0000", "order 9411111111111111", "x4111111111111111",
    "4111111111111111x", "1,411,111,111,111,111.00", "SKU 4111-2222-33", "20240520123456789012345",
    "0.4111111111111111",
]  # fmt: skip

# ISO 13616-1 and the SWIFT IBAN registry's own examples.
IBANS = {
    "GB29 NWBK 6016 1331 9268 19": ["GB29 NWBK 6016 1331 9268 19"],
    "gb29nwbk60161331926819 ok": ["gb29nwbk60161331926819"],
    "DE89370400440532013000": ["DE89370400440532013000"],
    "FR14 2004 1010 0505 0001 3M02 606": ["FR14 2004 1010 0505 0001 3M02 606"],
    "NO93 8601 1117 947": ["NO93 8601 1117 947"],
    "MT84MALT011000012345MTLCAST001S": ["MT84MALT011000012345MTLCAST001S"],
    "iban:NL91ABNA0417164300.": ["NL91ABNA0417164300"],
    "my IBAN is DE89 3704 0044 0532 0130 01": ["DE89 3704 0044 0532 0130 01"],
}
NO_IBANS = [
    "GB28NWBK60161331926819", "XX29NWBK60161331926819", "GB29NWBK6016133192681", "GB29NWBK601613319268199", "AB12",
    "xGB29NWBK60161331926819", "DE89 3704 0044",
]  # fmt: skip

# RFC 791, RFC 4291 (section 2.2).
IPS = {
    "from 192.168.1.10.": ["192.168.1.10"],
    "http://10.0.0.1:8080/": ["10.0.0.1"],
    "2001:db8::1 and ::1/128": ["2001:db8::1"],
    "2001:0db8:85a3:0000:0000:8a2e:0370:7334": ["2001:0db8:85a3:0000:0000:8a2e:0370:7334"],
    "::ffff:192.0.2.128": ["::ffff:192.0.2.128"],
    "[2001:db8::7]:443": ["2001:db8::7"],
}
NO_IPS = [
    "version 10.1.2.3", "v1.2.3.4", "app version is 10.1.2.3", "256.1.1.1", "1.2.3", "1.2.3.4.5", "12:30:45",
    "at 10:30", "std::vector",
    "a::b", "00:1B:44:11:3A:B7", "firmware 2.0.1.7",
]  # fmt: skip

# RFC 3986, 3.2.1 and 3.4; RFC 6749.
URLS = {
    "https://user:secret@example.com/x ok": ["https://user:secret@example.com/x"],
    "ftp://anna@files.example.com.": ["ftp://anna@files.example.com"],
    "reset: https://shop.example.com/reset?token=9f8e7d6c&u=jane)": [
        "https://shop.example.com/reset?token=9f8e7d6c&u=jane"
    ],
    "https://x.example/?a=1&access_token=abc": ["https://x.example/?a=1&access_token=abc"],
    "https://x.example/cb#id_token=abc": ["https://x.example/cb#id_token=abc"],
    "my website is https://jane.example.": ["https://jane.example"],
}
NO_URLS = [
    "https://shop.example.com/returns?lang=en", "see https://example.com/@jane", "https://example.com/a?page=2#top",
    "://",
    "https://", "token=abc", "https://example.com/token/list",
]  # fmt: skip

# Prefixes documented by the issuers (see the detector's docstring); all values invented.
KEYS = {
    "sk-abcdefghijklmnopqrstuvwx": ["sk-abcdefghijklmnopqrstuvwx"],
    "key=sk-proj-AbC_123-xyzABC456def": ["sk-proj-AbC_123-xyzABC456def"],
    "sk-ant-" + "a1B2-" * 8 + "z": ["sk-ant-" + "a1B2-" * 8 + "z"],
    "AKIAIOSFODNN7EXAMPLE": ["AKIAIOSFODNN7EXAMPLE"],
    "aws wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY": ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
    "awsSecretAccessKey=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY": ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
    "ghp_" + "a1B2" * 9: ["ghp_" + "a1B2" * 9],
    "github_pat_" + "a1B2_" * 6: ["github_pat_" + "a1B2_" * 6],
    "xoxb-123456789012-abcdef": ["xoxb-123456789012-abcdef"],
    "AIza" + "Sy" * 17 + "x": ["AIza" + "Sy" * 17 + "x"],
    "sk_live_" + "a1" * 12: ["sk_live_" + "a1" * 12],
    "rk_live_" + "a1" * 12: ["rk_live_" + "a1" * 12],
    "Authorization: Bearer abcdef0123456789abcdef": ["abcdef0123456789abcdef"],
    "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln-_x": ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln-_x"],
    "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----.": [
        "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----"
    ],
    "-----BEGIN PRIVATE KEY-----\ncut off": ["-----BEGIN PRIVATE KEY-----\ncut off"],
}
NO_KEYS = [
    "sk-learn", "task-abcdefghijklmnopqrst", "AKIA", "the bearer of this letter", "-----BEGIN PUBLIC KEY-----",
    "eyJ", "xoxo-love",
    "disk-abcdefghijklmnopqrst", "ghp_short", "npm_install",
]  # fmt: skip

# 20 CFR 422.103; SSA POMS RM 10201.030.
SSNS = {
    "123-45-6789": ["123-45-6789"],
    "my social is 078 05 1120 if": ["078 05 1120"],
    "ssn 219099999 for": ["219099999"],
    "ITIN 912-70-1234": ["912-70-1234"],
    "SSN: 5 5 5 - 1 2 - 3 4 5 6 (": ["5 5 5 - 1 2 - 3 4 5 6"],
    "219099999 is my SSN": ["219099999"],
}
NO_SSNS = [
    "000-12-3456", "666-12-3456", "123-00-4567", "123-45-0000", "219099999", "078 05 1120", "1123-45-6789",
    "123-45-67890",
    "order 123-45-6789", "123-45-6789-1", "part A123-45-6789",
]  # fmt: skip

# ITU-T E.164, E.123; North American Numbering Plan.
PHONES = {
    "+1 415 555 0132": ["+1 415 555 0132"],
    "(415) 555-0132": ["(415) 555-0132"],
    "415.555.0132 x89": ["415.555.0132 x89"],
    "call 4155550132": ["4155550132"],
    "+44 20 7946 0958,": ["+44 20 7946 0958"],
    "+33 6 12 34 56 78 merci": ["+33 6 12 34 56 78"],
    "+41 (0)71 526 99 04": ["+41 (0)71 526 99 04"],
    "+441314960405": ["+441314960405"],
    "020 7946 0958": ["020 7946 0958"],
    "0341 8387176": ["0341 8387176"],
    "06 12 34 56 78": ["06 12 34 56 78"],
    "001-518-640-0854 mobile": ["001-518-640-0854"],
    "Phone:\n358 0594\n": ["358 0594"],
    "+1-604-696-5272x565": ["+1-604-696-5272x565"],
    "my number is five five five, oh one two three": ["five five five, oh one two three"],
    "ph: ４１５－５５５－０１３２": ["４１５－５５５－０１３２"],
    "4155550132 is my cell": ["4155550132"],
    "cellulare 347 1234567": ["347 1234567"],
    "415-555-0132 is the contact number": ["415-555-0132"],
    "Your order is ready soon. 415-555-0132": ["415-555-0132"],
}
NO_PHONES = [
    "order number 4155550132 has not shipped", "order #100-2345678-9012345", "ticket 415-555-0132",
    "on 2024-05-20 10:30",
    "01.05.2024", "between 01-02-2020 and 03-04-2021", "the total was 1,234,567.89", "$4155550132", "10.1.2.3",
    "192.168.100.200",
    "error 0x80070005 at line 1234567890", "version 4155550132", "+1 more", "+999 123 456 789", "abc4155550132",
    "tracking 1234567890",
    "3.14159265", "5 to 10 of 20", "http://x.example/orders/4155550132", "Medical Record Number 7286990",
    "one two three go",
]  # fmt: skip

# The forms and check digits of python-stdnum, whose modules cite each country's authority.
NATIONAL_IDS = {
    "meine Steuer-ID ist 65 929 970 489": ["65 929 970 489"],
    "aadhaar 2341 2341 2346, PAN ABCPE1234F": ["2341 2341 2346", "ABCPE1234F"],
    "DNI 12345678Z y telefono": ["12345678Z"],
    "my national insurance number is QQ 12 34 56 C": ["QQ 12 34 56 C"],
    "AB123456C is mine": ["AB123456C"],
    "RSSMRA85T10A562S": ["RSSMRA85T10A562S"],
    "NHS number 943 476 5919 thanks": ["943 476 5919"],
    "CPF: 390.533.447-05": ["390.533.447-05"],
    "numéro de sécurité sociale: 2 95 10 99 126 111 93": ["2 95 10 99 126 111 93"],
    "mijn BSN is 111222333": ["111222333"],
    "PESEL 44051401359": ["44051401359"],
    "personnummer 811218-9876": ["811218-9876"],
    "**EIN:** 12-3456789": ["12-3456789"],
    "SIN: 046 454 286": ["046 454 286"],
    "TC Kimlik No 10000000146": ["10000000146"],
    "tax file number 123 456 782": ["123 456 782"],
    "身份证 11010519491231002X": ["11010519491231002X"],
}
# GDPR, article 4(1): an identification number; more of them in test_many_languages.
CUSTOMERS = {
    "my customer number is 4471882": ["4471882"],
    "Kundennummer: 10 023 344": ["10 023 344"],
    "Customer ID: C-88123, order 4471": ["C-88123"],
    "n° client 12345678": ["12345678"],
    "loyalty no. 99-2003344": ["99-2003344"],
    "employee #: E12345": ["E12345"],
}
NO_CUSTOMERS = [
    "customer 12345678", "order number 12345678", "client since 2019", "12345678 customers", "contract 2024-2026",
    "customer number pending", "rewards for 1000 points", "ticket no. 12345678", "staff of 1200",
]  # fmt: skip

# The rules that `id_form` names; more of them in test_id_numbers.
FORMS = {
    "HETU 131052-308T": ["131052-308T"],
    "this is Y2835775G speaking": ["Y2835775G"],
    "803.899.443-43, thanks": ["803.899.443-43"],
    "12.237.965-5": ["12.237.965-5"],
    "I am ABCPK1234F": ["ABCPK1234F"],
}
NO_FORMS = [
    "131052-308U", "Y2835775H", "803.899.443-44", "order 803.899.443-43", "12.237.965-6", "1.12.237.965-5",
    "XABCPK1234F", "ABCDK1234F", "invoice no. ABCPK1234F",
]  # fmt: skip
NO_NATIONAL_IDS = [
    "order 65929970489", "my id is 12345678", "a tax of 12345678 dollars", "sin 123456789 dudas", "RSSMRA85T10A562T",
    "fin de semana 12345678", "AB12345C", "run 12345678 tests", "the vat is due on 12345678x",
]  # fmt: skip

# ICAO Doc 9303; AAMVA DL/ID Card Design Standard; 45 CFR 164.514(b)(2)(i).
PASSPORTS = {
    "passport X1234567, phone": ["X1234567"],
    "passport number: 123456789": ["123456789"],
    "Reisepass C01X00T47": ["C01X00T47"],
    "passports 123456789 and 987654321": ["123456789", "987654321"],
}
NO_PASSPORTS = ["passport photos cost 12.50", "passport control", "my passport expires 2027", "compass X1234567"]
LICENSES = {
    "driver's license D1234-56789-01234": ["D1234-56789-01234"],
    "driving licence number MORGA753116SM9IJ": ["MORGA753116SM9IJ"],
    "Hertz says my licence MORGA753116SM9IJ is invalid": ["MORGA753116SM9IJ"],
    "licence: FOX99 607040 J99AB": ["FOX99 607040 J99AB"],
    "Führerschein B072RRE2I55": ["B072RRE2I55"],
}
NO_LICENSES = [
    "licence MORGA753996SM9IJ",
    "our licence ABCDE-12345",
    "software license 1234-5678-9012",
    "a driving licence since 2012",
    "license plate",
]
RECORDS = {
    "MRN-747872": ["MRN-747872"],
    "Medical Record Numbers: MED87443421, MED4156611": ["MED87443421", "MED4156611"],
    "NPI: 1043321813.": ["1043321813"],
    "my insurance policy number is 884-22-19920": ["884-22-19920"],
    "Membership ID 12345678": ["12345678"],
    "Krankenversichertennummer A123456780": ["A123456780"],
}
NO_RECORDS = [
    "insurance costs 1234 dollars",
    "the policy of 2024",
    "a member since 2012345",
    "medical records are kept 10 years",
    "patient since 2012345",
    "MRN",
]

# UK sort codes, ABA routing numbers, BSB, CLABE, IFSC: see the detector.
BANKS = {
    "sort code 60-16-13 account 31926819": ["60-16-13", "31926819"],
    "routing number 021000021": ["021000021"],
    "Account Number: 1035-7281-4963": ["1035-7281-4963"],
    "BSB 062-000": ["062-000"],
    "Kontonummer 532013000, BLZ 370 400 44": ["532013000", "370 400 44"],
    "IFSC SBIN0005943": ["SBIN0005943"],
    "my UPI id is jane@okaxis": ["jane@okaxis"],
    "acc 55779911": ["55779911"],
}
NO_BANKS = [
    "sort by code 123456",
    "routing number 021000022",
    "on account of 12 items",
    "my account was charged 120.50",
    "accounts",
]

# IEEE 802; 3GPP TS 23.003; ISO 3779 and 49 CFR 565.15.
DEVICES = {
    "00:1B:44:11:3A:B7 ok": ["00:1B:44:11:3A:B7"],
    "Physical address: 00-1b-44-11-3a-b7": ["00-1b-44-11-3a-b7"],
    "00-1b-44-11-3a-b7": ["00-1b-44-11-3a-b7"],
    "mac 001b.4411.3ab7": ["001b.4411.3ab7"],
    "IMEI 490154203237518": ["490154203237518"],
    "ICCID 8944500102198304826": ["8944500102198304826"],
    "imsi: 310150123456789": ["310150123456789"],
    "my SIM 8944 1100 3000 1234 567 is dead": ["8944 1100 3000 1234 567"],
    "the eSIM card number is 8944500102198304826": ["8944500102198304826"],
}
NO_DEVICES = [
    "a SIM 5 cards 1234567",
    "SIM 4111 1111 1111 1111 234",
    "12:30:45",
    "00:1B:44:11:3A",
    "00:1B:44:11:3A:B7:99",
    "490154203237518",
]
VEHICLES = {
    "1M8GDM9AXKP042788": ["1M8GDM9AXKP042788"],
    "VIN: 12345678901234567": ["12345678901234567"],
    "Kennzeichen M-AB 1234": ["M-AB 1234"],
    "number plate AB12 CDE": ["AB12 CDE"],
}
NO_VEHICLES = ["1M8GDM9A1KP042788", "plate of 12 oysters", "registration is open", "ABCDEFGHJKLMNPRST"]

# BIP 173 and 350, Base58Check, EIP-55; ISO 6709.
WALLETS = {
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa": ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4.": ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
    "0xde709f2102306220921060314715629080e2fb77": ["0xde709f2102306220921060314715629080e2fb77"],
}
NO_WALLETS = [
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
    "0xde709f21023062209210603147156290",
]
PLACES = {
    "at 4.482698, -15.158569.": ["4.482698, -15.158569"],
    "48°51'29\"N, 2°17'40\"E": ["48°51'29\"N, 2°17'40\"E"],
}
NO_PLACES = ["4.48, 15.15", "1.234, 5.678,901", "95.123456, 12.123456", "$4.482, 15.158"]

# NIST SP 800-63B, 5.1; PCI DSS 4.0, 3.3.1; RFC 4226.
CREDENTIALS = {
    "pw: Tr0ub4dor&3": ["Tr0ub4dor&3"],
    "my password is hunter2.": ["hunter2"],
    "Password is swordfish.": ["swordfish"],
    'the passphrase is "correct horse battery"': ["correct horse battery"],
    "the OTP you sent was 482913 but expired": ["482913"],
    "PIN 1234": ["1234"],
    "PUK is 12345678": ["12345678"],
    "the PAC code is ABC123456": ["ABC123456"],
    "my STAC: XYZ 987654": ["XYZ 987654"],
    "Kundenkennwort Sommer2021": ["Sommer2021"],
    "cvv 123, exp 12/27": ["123"],
    "your verification code: 482 913": ["482 913"],
    "mein Passwort lautet Sommer2024": ["Sommer2024"],
    "security answer is Rex": ["Rex"],
    "code de vérification 839201": ["839201"],
    "Bestätigungscode: 839201": ["839201"],
    "the code you texted me is 483920": ["483920"],
    "backup codes 8372-1928": ["8372-1928"],
    "pw hunter22": ["hunter22"],
    "token: 3f9a1b2c4d5e6f70": ["3f9a1b2c4d5e6f70"],
    "my first pet's name was Biscuit": ["Biscuit"],
    "el código de seguridad es 839201": ["839201"],
    "mother's maiden name is Clark": ["Clark"],
}
NO_CREDENTIALS = [
    "a PAC of 12 members",
    "PAC-MAN ABC123456",
    "my password is not working", "reset my password please", "the password was expired", "password is wrong.",
    "discount code 482913", "postal code 12345", "pin it to the board", "the answer is 42", "what is the password?",
]  # fmt: skip

# CLDR 47 month names; ISO 8601.
BIRTHS = {
    "Please tell me your date of birth. It's 2/16/1942": ["2/16/1942"],
    "dob 03/07/1986 name": ["03/07/1986"],
    "born on 7th of March 1986": ["7th of March 1986"],
    "Date of Birth: 1986-03-07": ["1986-03-07"],
    "geboren am 7. März 1986": ["7. März 1986"],
    "née le 7 mars 1986": ["7 mars 1986"],
    "geb. 07.03.1986": ["07.03.1986"],
    "nacida el 7 de marzo de 1986": ["7 de marzo de 1986"],
    "urodzony 7 marca 1986": ["7 marca 1986"],
    "D.O.B. 03/07/1986": ["03/07/1986"],
    "she turns 40 on 7-Mar-1986": ["7-Mar-1986"],
    "he turned twenty-one on the 7th of March": ["7th of March"],
    "Ann Lee, b. 7 March 1986, Leeds": ["7 March 1986"],
    "Ann Lee (b. 1986)": ["1986"],
    "I was born in 1986.": ["1986"],
    "née en 1986": ["1986"],
}
NO_BIRTHS = [
    "deliver on 03/07/2026", "born to run", "it was born. On 3 May 2024 we shipped", "birthday gift 12 pieces",
    "birthday 2024 sale", "plan b. 3 May 1986", "option b: 1986", "the light turned red on 3/4/2020",
    "turned 180 degrees", "born in 19863",
]  # fmt: skip

# Help pages of the networks: see the detector.
HANDLES = {
    "my twitter is @jane_doe1": ["@jane_doe1"],
    "instagram: @jane.doe.": ["@jane.doe"],
    "username: cminh730": ["cminh730"],
    "username janedoe42": ["janedoe42"],
    "my discord is jane#1234": ["jane#1234"],
    "snapchat: janey_d": ["janey_d"],
    "see linkedin.com/in/jane-doe-123": ["jane-doe-123"],
    "cashapp $janedoe": ["$janedoe"],
    "my user ID is mia_li_3668": ["mia_li_3668"],
}
NO_HANDLES = [
    "follow us on twitter @acme",
    "@company help",
    "the user is angry",
    "username is required",
    "twitter is down",
    "user: guests",
]

# EU Interinstitutional Style Guide, 10.5; cues as people write them.
PEOPLE = {
    "My name is Anna-Lena O'Neil, hi": ["Anna-Lena O'Neil"],
    "hi im marek nowak and my parcel is missing": ["marek nowak"],
    "thanks, priya": ["priya"],
    "Dear Mr. van der Berg,": ["van der Berg"],
    "Thank you, Mia. Now, could you give me the number?": ["Mia"],
    "Dear Wm. Smith,": ["Wm. Smith"],
    "Best regards,\nJ. R. Tolkien": ["J. R. Tolkien"],
    "ich heiße Jürgen Müller": ["Jürgen Müller"],
    "je m'appelle Chloé Dupont.": ["Chloé Dupont"],
    "me llamo María José": ["María José"],
    "mi chiamo Luca Rossi": ["Luca Rossi"],
    "ik heet Sanne de Vries": ["Sanne de Vries"],
    "nazywam się Łukasz Nowak": ["Łukasz Nowak"],
    "o meu nome é João Silva": ["João Silva"],
    "Patient: Wei Kim\nMRN": ["Wei Kim"],
    "**First Name:** Nino": ["Nino"],
    "Hello, this is Dr. Kyle Kuefer.": ["Kyle Kuefer"],
    "dob 03/07/1986 name Tom Baker": ["Tom Baker"],
    "Hi Carlos, where is it": ["Carlos"],
    "this is Tom from accounting": ["Tom"],
    "my name is Will Smith": ["Will Smith"],
    "name: amit sharma\nphone": ["amit sharma"],
    "I'm May Wong and": ["May Wong"],
    "Best regards,\nNguyễn Văn An": ["Nguyễn Văn An"],
    "Name: O'Brien, Patrick": ["O'Brien, Patrick"],
    "booked under Nguyen Van Anh": ["Nguyen Van Anh"],
    "name on the card is JOHN Q PUBLIC": ["JOHN Q PUBLIC"],
    "You can call me Dave.": ["Dave"],
    "my husband, Robert Frost, ordered": ["Robert Frost"],
    "Mit freundlichen Grüßen\nStefan Krüger": ["Stefan Krüger"],
    "Hier ist Peter Lang.": ["Peter Lang"],
    "Bien à vous, Camille Roux": ["Camille Roux"],
    "Un saludo, Pedro": ["Pedro"],
    "Gentile signora Romano": ["Romano"],
    "Geachte heer Van Dijk": ["Van Dijk"],
    "chamo-me Rui Costa": ["Rui Costa"],
    "Z poważaniem, Anna Kamińska": ["Anna Kamińska"],
    "Best regards\nJane from Springfield": ["Jane"],
}
NO_PEOPLE = [
    "Bitte melden.\nLiebe Grüße", "Danke!\nLiebe Grüße\n", "Beste groeten", "Bonjour Madame,", "Gentile Cliente,",
    "Thank you for your help!\n\nTimestamp: 2022", "Then we know the bike is yours.\n\nRegister the key number.",
    "I'm not happy", "im having trouble", "Dear Customer,", "Hi there,", "thanks, bye", "Thank you for your help",
    "I am Very Angry", "this is Great", "name is required", "Hi, I'd like a refund",
    "The property name is Redwood Manor",
    "Best price", "Customer: That's great", "call me back", "CALL ME BACK", "the file is called Report", "thanks again",
    "I will pay in May, mark it as done please", "Sehr geehrte Damen und Herren", "I am Spanish", "Mr. President",
    "call me tomorrow", "my wife is ill", "ordered under protest",
]  # fmt: skip

# Universal Postal Union S42; USPS Publication 28.
ADDRESSES = {
    "i live at 221b baker street , leave": ["221b baker street"],
    "at 1350 Grant Road.": ["1350 Grant Road"],
    "2672 Bayshore Parkway # 611.": ["2672 Bayshore Parkway # 611"],
    "60 Furman Street, Brooklyn and": ["60 Furman Street, Brooklyn"],
    "8327 Main St, Austin, TX 78701": ["8327 Main St, Austin, TX 78701"],
    "Hauptstraße 12a, bitte": ["Hauptstraße 12a"],
    "12 rue de la Paix": ["12 rue de la Paix"],
    "Calle Mayor 12": ["Calle Mayor 12"],
    "Via Roma 5": ["Via Roma 5"],
    "Keizersgracht 174": ["Keizersgracht 174"],
    "Rua do Arenque 1634": ["Rua do Arenque 1634"],
    "ul. Miła 53": ["ul. Miła 53"],
    "P.O. Box 149": ["P.O. Box 149"],
    "ZIP 94105-1234 today": ["94105-1234"],
    "12B High Street, Oxford OX1 4BH": ["12B High Street, Oxford OX1 4BH"],
    "Musterstraße 12, 10115 Berlin": ["Musterstraße 12, 10115 Berlin"],
    "Berliner Str. 45a, 80331 München": ["Berliner Str. 45a, 80331 München"],
    "An der Kirche 5, 50667 Köln": ["An der Kirche 5, 50667 Köln"],
    "5 bis avenue Victor Hugo, 69002 Lyon": ["5 bis avenue Victor Hugo, 69002 Lyon"],
    "C/ Mayor 3": ["C/ Mayor 3"],
    "calle Serrano 45, 3ºB, 28001 Madrid": ["calle Serrano 45, 3ºB, 28001 Madrid"],
    "Goethestraße 27 in 60313 Frankfurt": ["Goethestraße 27 in 60313 Frankfurt"],
    "Viale Europa, 14": ["Viale Europa, 14"],
    "Laan van Meerdervoort 50": ["Laan van Meerdervoort 50"],
    "Prinsengracht 263, 1016 GV Amsterdam": ["Prinsengracht 263, 1016 GV Amsterdam"],
    "Rua Augusta 24, 1100-053 Lisboa": ["Rua Augusta 24, 1100-053 Lisboa"],
    "al. Jerozolimskie 44": ["al. Jerozolimskie 44"],
    "Postfach 10 01 23": ["Postfach 10 01 23"],
    "kod pocztowy 00-950": ["00-950"],
    "Postnummer: 114 55, tack": ["114 55"],
    "Postnr: 0150": ["0150"],
    "zip: 114 55": ["114 55"],
    "PSČ 110 00": ["110 00"],
    "postinumero 00100": ["00100"],
}
NO_ADDRESSES = [
    "I found 1 place. The Greenery is nice",
    "5 minutes down the road", "10 people on my street", "a 15,000 square foot hall", "the 1987 Supreme Court case",
    "2 way street",
    "it took 3 days in court", "Version 1, Type CT", "decade 90", "100 percent of the way", "the street",
    "24 hour drive",
    "size 10", "box 12",
]  # fmt: skip

ADDRESSES_JA = {
    "住所は東京都新宿区西新宿2-8-1です。": ["東京都新宿区西新宿2-8-1"],
    "お届け先：〒160-0023 東京都新宿区西新宿2-8-1 まで": ["〒160-0023 東京都新宿区西新宿2-8-1"],
    "大阪府大阪市北区梅田3丁目1番3号に送ってください。": ["大阪府大阪市北区梅田3丁目1番3号"],
    "住所は横浜市西区みなとみらい2-2-1です": ["横浜市西区みなとみらい2-2-1"],
    "沖縄県那覇市泉崎１－２－２": ["沖縄県那覇市泉崎１－２－２"],
    "郵便番号: 160-0023": ["160-0023"],
}
NO_ADDRESSES_JA = [
    "東京都の天気は?",
    "北海道に5月3日に行きます",
    "東京都は人口が多い。2024年に",
    "東京都内で3個買いました",
    "住所を変更したい。注文は3個です",
    "住所変更は3日かかります",
    "東京都へ発送は2日です",
    "大阪府大阪市の店舗で2個買いました",
    "住所は市役所で3回変更できます",
]

# PCI DSS 4.0, 3.4.1; ISO/IEC 7813.
CARD_DETAILS = {
    "my visa ending in 4242 was charged": ["4242"],
    "the last four digits are 9876": ["9876"],
    "last four of my ssn: 1120": ["1120"],
    "die letzten vier Ziffern meiner Karte sind 3456": ["3456"],
    "tarjeta terminada en 3456": ["3456"],
    "card 4111-1111-1111-1111 exp 12/27": ["12/27"],
    "credit card expires 03/2028": ["03/2028"],
    "Karte gültig bis 12/27": ["12/27"],
    "mi tarjeta caduca 12/26": ["12/26"],
}
NO_CARD_DETAILS = [
    "the season ending in 2024", "in the last 4 weeks 2024 orders", "the offer expires 12/27", "card expires soon",
    "my card expires 12/27/2028", "see page 12/27 of the card terms", "ending in 42421", "the last 2024 pieces",
]  # fmt: skip

# Sentences and names of our own: what no cue announces, and words that are names only elsewhere.
TAGGED = {
    "Please transfer $20 to Sarah.": ["Sarah"],
    "Did Marlene Kowalski sign for the parcel?": ["Marlene Kowalski"],
    "I spoke to Oluwaseun Adeyemi yesterday and nothing happened.": ["Oluwaseun Adeyemi"],
    "can you ask priya raman to call me back": ["priya raman"],
    "Nguyen Thi Thu Trang is also on the booking.": ["Nguyen Thi Thu Trang"],
    "An appointment with Becker Hubert J on March 1st.": ["Becker Hubert J"],
    "They are located at 5012 Petaluma Boulevard North.": ["5012 Petaluma Boulevard North"],
    "Deliver it to Lindenallee 14, 50667 Köln.": ["Lindenallee 14, 50667 Köln"],
    "Meet me at 17 Rue des Lilas, 75020 Paris.": ["17 Rue des Lilas, 75020 Paris"],
    "I live in Osnabrück.": ["Osnabrück"],
    "Ich habe gestern mit Katrin Baumgartner telefoniert.": ["Katrin Baumgartner"],
    "J'ai parlé avec Chloé Lefebvre hier.": ["Chloé Lefebvre"],
    "Hablé con Javier Domínguez ayer.": ["Javier Domínguez"],
    "我和王小明通过电话。": ["王小明"],
    "김민수가 전화했어요.": ["김민수"],
    "昨日、田中さんから連絡がありました。": ["田中"],
    "My colleague Yael Bar-Lev ordered it.": ["Yael Bar-Lev"],
    "I gave it to Zara Douglas from Tesco yesterday.": ["Zara Douglas"],
    '{"order": "10021", "zip": "10115"}': ["10115"],
    "Please resend the item.\n10115 Berlin": ["10115 Berlin"],
}
NOT_TAGGED = [
    "Will you mark my order as paid in May?", "May I return the Rose Gold case?", "Where is my parcel?",
    "I want a flight from Boston to Denver.", "the weather in Paris tomorrow", "Order 48213 was shipped on Monday.",
    "My Kindle Paperwhite is broken.", "Please bill me in June.", "How about the Union Station in Chicago?",
    "The page does not load", "Black Friday Sale", "get_user_details", "Wo ist meine Bestellung?",
    "# Refund Policy\nCustomers may return items within 30 days.", "Mi pedido no llegó.",
    "Do you have a table at the Golden Dragon Restaurant?", "I have a dog, the the cat, it is x.",
    "Rusty screw came with the shelf.", "Sunny day in the park", "Frank answer please.", "Stock is low.",
    "Is the Shimano Deore in stock?", "The IKEA Malm came in two boxes.", "Evri lost it.", "Redeem to Crypto",
    "Quiero un vuelo de Madrid a Lima.", "A train from Milan to Paris in June",
    "My tracking number is H00ABCDE12345678.", "Why did Monzo decline it?", "The courier Evri says it came.",
    "I bought this at Tesco last week and it broke.", "My Garmin order has not arrived yet.",
    "You can pay by Visa, Mastercard, bank transfer or gift card.",
    '{"order": "10021"}', '{"invoice_no": "48213", "total": 5}', "Bestellung: 48213", "order #48213\nThanks",
]  # fmt: skip

# Sentences of our own; a place or a company that is nobody's is left.
BELONGING = {
    "I'm originally from Norway": ["Norway"], "We moved here from New Zealand.": ["New Zealand"],
    "I live in São Paulo, near the park": ["São Paulo"], "He grew up in Leeds.": ["Leeds"],
    "I work for Brightwater": ["Brightwater"], "She's working at the Us News Schools": ["Us News Schools"],
    "and my wife works as a nurse for Baker, Mills and Sons in town": ["Baker, Mills and Sons"],
    "We are employed by 48 Factoring Inc": ["48 Factoring Inc"],
    "i have lived in Frankfurt am Main": ["Frankfurt am Main"],
}  # fmt: skip
NO_BELONGING = [
    "a flight from Boston to Denver", "Does it work for Android?", "The app works for Windows users", "born in March",
    "We moved from Premium to Basic", "I live in a flat", "i work for you", "works at Level 3", "Deliver to Norway",
]  # fmt: skip

TABLES = {
    "belonging": (BELONGING, NO_BELONGING),
    "address_ja": (ADDRESSES_JA, NO_ADDRESSES_JA),
    "card_details": (CARD_DETAILS, NO_CARD_DETAILS),
    "email": (EMAILS, NO_EMAILS), "credit_card": (CARDS, NO_CARDS), "iban": (IBANS, NO_IBANS), "ip": (IPS, NO_IPS),
    "url": (URLS, NO_URLS), "api_key": (KEYS, NO_KEYS), "us_ssn": (SSNS, NO_SSNS), "phone": (PHONES, NO_PHONES),
    "customer_number": (CUSTOMERS, NO_CUSTOMERS), "id_form": (FORMS, NO_FORMS),
    "national_id": (NATIONAL_IDS, NO_NATIONAL_IDS), "passport": (PASSPORTS, NO_PASSPORTS),
    "driver_license": (LICENSES, NO_LICENSES), "medical_record": (RECORDS, NO_RECORDS),
    "bank_account": (BANKS, NO_BANKS), "device": (DEVICES, NO_DEVICES), "vehicle": (VEHICLES, NO_VEHICLES),
    "crypto": (WALLETS, NO_WALLETS), "coordinates": (PLACES, NO_PLACES), "credential": (CREDENTIALS, NO_CREDENTIALS),
    "birth_date": (BIRTHS, NO_BIRTHS), "social_handle": (HANDLES, NO_HANDLES), "person": (PEOPLE, NO_PEOPLE),
    "address": (ADDRESSES, NO_ADDRESSES), "tagger": (TAGGED, NOT_TAGGED),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [(name, text, expected) for name, (found, _) in TABLES.items() for text, expected in found.items()],
)
def test_hits(name: str, text: str, expected: list[str]) -> None:
    assert hits(name, text) == expected


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, (_, missed) in TABLES.items() for text in missed])
def test_near_misses(name: str, text: str) -> None:
    assert hits(name, text) == []


@pytest.mark.parametrize(
    ("said", "name"), [("Hello Jane", "Jane"), ("hi, im jane", "jane"), ("this is Jane", "Jane"), ("I am Jane", "Jane")]
)
@pytest.mark.parametrize("form", ["{}", '{{"content": "{}", "role": "user"}}', '[{{"content": "{}"}}]'])
def test_the_end_of_a_json_string_ends_a_sentence(said: str, name: str, form: str) -> None:
    assert hits("person", form.format(said)) == [name]


@pytest.mark.parametrize("text", NO_PHONES + NO_SSNS[-3:] + NO_CARDS[:1] + NO_IPS + NO_URLS[:3])
def test_near_misses_of_one_detector_are_no_hits_of_the_others(text: str) -> None:
    kinds = {item.entity_type for item in detect(text)}
    other = {"192.168.100.200": "IP_ADDRESS", "10.1.2.3": "IP_ADDRESS", "00:1B:44:11:3A:B7": "MAC_ADDRESS"}
    assert kinds <= {other.get(text, "MEDICAL_RECORD" if text.startswith("Medical") else "")}


def test_every_registered_detector_has_its_table_and_says_why() -> None:
    assert set(TABLES) == set(DETECTORS)
    for name, (found, _) in TABLES.items():
        for text, expected in found.items():
            for item in DETECTORS.load(name)(text):
                assert 0 < item.score <= 1
                assert item.why
                assert not any(piece in item.why for piece in expected)


@pytest.mark.parametrize("name", list(TABLES))
def test_hits_do_not_depend_on_other_text_round_them(name: str) -> None:
    for text, expected in TABLES[name][0].items():
        filler = "This goes on and on for a while. "
        found = hits(name, f"{filler}\n\n{text}\n\n{filler}")
        assert found == expected or text.endswith(("cut off", "priya"))


EVERYTHING = tuple(text for found, missed in TABLES.values() for text in (*found, *missed))
UNTRIGGERED = Redactor(
    [
        (name, graded(partial(one)) if is_graded(one) else partial(one))
        for name, one in ((name, DETECTORS.load(name)) for name in DETECTORS)
    ]
)
"""All detectors, stripped of what they say must stand in a text; labels are read as by the others."""
UNTRIGGERED.plan.labels = Redactor().plan.labels

PIECES = st.lists(st.sampled_from([*EVERYTHING, *" .-/?:,_\n", "\u0130", "\u00e9", "\u0142", "\u20ac", "\u200b"]))


@given(PIECES)
@example(["charged", "aws wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"])
def test_what_stands_in_a_text_decides_which_detectors_are_asked_and_nothing_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert Redactor().detect(text) == UNTRIGGERED.detect(text)


@pytest.mark.parametrize("text", EVERYTHING)
def test_any_detector_takes_letters_that_grow_in_lower_case(text: str) -> None:
    shouted = text.upper().replace("I", "\u0130")
    assert all(0 <= item.start < item.end <= len(shouted) for item in detect(shouted))


def test_a_number_called_an_imei_is_one_whatever_card_could_have_it() -> None:
    assert [item.entity_type for item in detect("the IMEI is 356938035643809.")] == ["IMEI"]


def test_check_digits_follow_the_standards() -> None:
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")
    assert mod97("GB82 WEST 1234 5698 7654 32")
    assert not mod97("GB83 WEST 1234 5698 7654 32")
    assert LENGTHS["NO"] == 15
    assert LENGTHS["MT"] == 31


def test_overlapping_finds_become_one_and_adjacent_ones_stay_apart() -> None:
    text = "ftp://anna@files.example.com"
    assert [item.entity_type for item in detect(text)] == ["URL"]
    both = "jane@example.com 123-45-6789"
    assert [(item.start, item.end) for item in detect(both)] == [(0, 16), (17, 28)]


def test_a_detection_is_a_value_without_text() -> None:
    [item] = detect("jane@example.com")
    assert item == Detection(0, 16, "EMAIL_ADDRESS", 0.99, "local part, @ and a domain name", "email")
    assert "jane" not in repr(item)
