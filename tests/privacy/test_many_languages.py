"""Words that say what a number is, in the languages customers write in."""

from __future__ import annotations

import pytest

from explainbot.privacy import Redactor
from explainbot.privacy.detectors import DETECTORS

RULES = Redactor([(name, DETECTORS.load(name)) for name in DETECTORS if name != "tagger"])

BIRTHS = [
    ("Födelsedatum: {}", "5 maj 1990"),
    ("Fødselsdato: {}", "5. desember 1990"),
    ("Syntymäaika: {}", "5.1.1990"),
    ("Datum narození: {}", "5. ledna 1990"),
    ("Születési dátum: {}", "1990. január 5"),
    ("Data nașterii: {}", "05.01.1990"),
    ("Doğum tarihim {}", "5 Ocak 1990"),
    ("Дата рождения: {}", "5 января 1990"),
    ("Дата народження: {}", "05.01.1990"),
    ("Ημερομηνία γέννησης: {}", "5 Ιανουαρίου 1990"),
    ("Datum rođenja: {}", "5 siječnja 1990"),
    ("Tanggal lahir: {}", "5 Januari 1990"),
    ("Ngày sinh: {}", "5 tháng 1 1990"),
    ("生年月日：{}", "1990年1月5日"),
    ("我的出生日期是{}", "1990年1月5日"),
    ("생년월일: {}", "1990년 1월 5일"),
    ("تاريخ الميلاد: {}", "05/01/1990"),
    ("nací el {}", "05/01/1990"),
    ("nasci em {}", "5 de janeiro de 1990"),
    ("urodziłem się {}", "5 stycznia 1990"),
    ("DOB {}", "05JAN1990"),
    ("born {}", "Jan 5 '90"),
]
PASSPORTS = [
    ("Pass-Nr. {}", "C01X00T47"),
    ("číslo pasu {}", "12345678"),
    ("Номер паспорта {}", "45 08 123456"),
    ("Pasaport no: {}", "U12345678"),
    ("パスポート番号は{}です", "TK1234567"),
    ("护照号码是{}", "E12345678"),
    ("여권번호는 {}입니다", "M12345678"),
    ("Útlevél: {}", "BA1234567"),
    ("Διαβατήριο: {}", "AB1234567"),
    ("travel document {}", "X1234567"),
    ("{} es mi número de pasaporte", "AAA123456"),
    ("{} is my passport number", "X1234567"),
    ("דרכון: {}", "12345678"),
]
LICENCES = [
    ("Körkort: {}", "123456-7890"),
    ("Kørekort: {}", "12345678"),
    ("Ajokortti: {}", "12345678"),
    ("Permis de conducere: {}", "B1234567"),
    ("Ehliyet: {}", "123456"),
    ("Водительское удостоверение: {}", "1234567890"),
    ("permis n° {}", "881012345678"),
    ("carteira de motorista {}", "12345678901"),
    ("驾驶证号: {}", "110105199001011234"),
]
PLATES = [
    ("Plaka: {}", "34 ABC 123"),
    ("Regnr {}", "ABC 123"),
    ("SPZ: {}", "1AB 2345"),
    ("Госномер {}", "A123BC77"),
    ("Rendszám: {}", "ABC-123"),
    ("placa: {}", "ABC1D23"),
    ("my plate is {}", "app-456cv"),
    ("telaio {}", "ZFA22300005556777"),
    ("FIN: {}", "WVWZZZ1JZXW000001"),
]
PHONES = [
    ("Sie erreichen mich unter {}", "015123456789"),
    ("Tél. {}", "0612345678"),
    ("Мой телефон {}", "8 (912) 345-67-89"),
    ("Номер телефону: {}", "0501234567"),
    ("Το τηλέφωνό μου είναι {}", "6912345678"),
    ("رقم هاتفي {}", "01001234567"),
    ("מספר הטלפון שלי {}", "0502345678"),
    ("मेरा फ़ोन नंबर {} है", "08123456789"),
    ("Cep no: {}", "05012345678"),
    ("Nomor HP saya {}", "0812345678"),
    ("Số điện thoại của tôi là {}", "0912345678"),
    ("เบอร์โทรศัพท์ {}", "0812345678"),
    ("電話番号は{}です", "09012345678"),
    ("我的手机号是{}", "13123456789"),
    ("전화번호는 {}입니다", "01020000000"),
    ("Puhelinnumeroni on {}", "0412345678"),
    ("A telefonszámom {}", "06201234567"),
    ("It's {}, thanks", "07400123456"),
    ("{} after six", "(11) 96123-4567"),
]
SECRETS = [
    ("lösenord: {}", "vinter77"),
    ("heslo: {}", "zima1234"),
    ("пароль: {}", "qwerty12"),
    ("şifrem: {}", "kedi1234"),
    ("密码是{}", "abc12345"),
    ("パスワードは{}です", "sakura99"),
    ("비밀번호는 {}입니다", "abcd1234"),
    ("סיסמה: {}", "abc12345"),
    ("كلمة المرور: {}", "abc12345"),
    ("mật khẩu: {}", "abc12345"),
    ("验证码是{}", "482913"),
    ("인증번호 {}", "482913"),
    ("код подтверждения {}", "482913"),
    ("doğrulama kodu: {}", "482913"),
    ("確認コード: {}", "482913"),
    ("deploy --password {}", "hunter22"),
    ("curl -u {} https://x.example", "jane:s3cretpw"),
    ("Authorization: Token {}", "9944b09199c62bcf94"),
    ("my session id is {}", "4f7d9a2b1c8e6f3a"),
    ("seed phrase: {}", "legal winner thank year wave sausage worth useful legal winner thank yellow"),
]
NUMBERS = [
    ("Meine Kundennummer lautet {}", "10023344"),
    ("customer no. {}", "12345678"),
    ("Customer ID: {}", "C-88123"),
    ("numéro client : {}", "12345678"),
    ("número de cliente {}", "12345678"),
    ("codice cliente {}", "12345678"),
    ("klantnummer {}", "12345678"),
    ("numer klienta {}", "12345678"),
    ("kundenummer {}", "12345678"),
    ("asiakasnumero {}", "12345678"),
    ("müşteri numarası {}", "12345678"),
    ("номер клиента {}", "12345678"),
    ("客户编号: {}", "12345678"),
    ("お客様番号: {}", "12345678"),
    ("고객번호: {}", "12345678"),
    ("user id: {}", "8812345"),
    ("frequent flyer number: {}", "992003344"),
    ("Mitgliedsnummer: {}", "12345678"),
    ("número de socio {}", "12345678"),
    ("Vertragsnummer: {}", "123456789"),
    ("employee ID: {}", "E12345"),
    ("Matrikelnummer {}", "1234567"),
    ("número de póliza {}", "12345678"),
    ("numer polisy {}", "12345678"),
]
OTHERS = [
    ("mac address {}", "00B0D063C226"),
    ("android_id={}", "9774d56d682e549c"),
    ("MEID {}", "A10000009296F2"),
    ("device id {}", "38400000-8cf0-11bd-b23e-10b96e40000d"),
    ("nr rachunku {}", "61 1090 1014 0000 0712"),
    ("číslo účtu {}", "19-2000145399/0800"),
    ("CBU {}", "2850590940090418135201"),
    ("SWIFT code {}", "DEUTDEFF500"),
    ("bankgiro {}", "5402-9681"),
    ("账号：{}", "62220212345678901"),
    ("Benutzername: {}", "jdoe"),
    ("usuario: {}", "jdoe92"),
    ("logged in as {}", "jdoe92"),
    ("微信号：{}", "jane_wx88"),
    ("xrp {}", "rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh"),
    ("{} is mine", "cosmos1depk54cuajgkzea6zpgkq36tnjwdzv4afc3d27"),
    ("sol wallet {}", "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV"),
    ("pay {}", "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ"),
]


@pytest.mark.parametrize(
    ("said", "value"), [*BIRTHS, *PASSPORTS, *LICENCES, *PLATES, *PHONES, *SECRETS, *NUMBERS, *OTHERS]
)
def test_a_word_for_it_is_known_in_many_languages(said: str, value: str) -> None:
    text = said.format(value)
    start = text.index(value)
    found = RULES.detect(text)
    assert any(item.start <= start and start + len(value) <= item.end for item in found), found


@pytest.mark.parametrize(
    "text",
    [
        "Where is order 12345678?",
        "Bestellnummer 0123456789",
        "numéro de commande 0123456789",
        "заказ 0123456789 ещё не пришёл",
        "订单号 13123456789",
        "booking reference X7K2PQ",
        "Our customer service has 1200 people",
        "the client waited 12345 seconds",
        "user story 4471-22",
        "a contract for 12 months",
        "SWIFT DELIVERY in two days",
        "the password is case sensitive",
        "código de barras 123456",
        "passport control takes 45 minutes",
        "a licence for 25 seats",
        "plate size 26 cm",
        "phrase: a bird in the hand",
        "session of 2026-05-01",
        "authorization: requirements.",
        "device id required",
        "Fig. (3) 1200 1300, footnote (12) 2024-2025",
        "reg 10am, registration 2nd floor",
        "vehicle size 4471",
        "ISBN 0123456789",
    ],
)
def test_the_same_words_in_everyday_use_name_no_number(text: str) -> None:
    assert [text[item.start : item.end] for item in RULES.detect(text)] == []
