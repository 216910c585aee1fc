"""Which words name an identity or tax number, of which country, and how many letters and digits it has.

Forms: `python-stdnum`, whose modules cite the authority of each country. Where it has none: the length that the issuer
gives (Nigeria: NIMC and BVN; Serbia and its neighbours: JMBG; Kazakhstan: ИИН; Vietnam: CCCD; Egypt, Saudi Arabia and
Iran: national numbers; Poland and Italy: identity cards; United States: Medicare beneficiary identifier).
"""

from __future__ import annotations

import re
from typing import NamedTuple

TABLE = """
de.idnr        TAX_ID       11     steuer steuerid steueridentifikationsnummer idnr identifikationsnummer steuernummer
de.stnr        TAX_ID       10-13  steuernummer steuer
es.dni         NATIONAL_ID  9      dni nif
es.nie         NATIONAL_ID  9      nie nif
es.nif         TAX_ID       9      nif cif
gb.nhs         NATIONAL_ID  10     nhs
gb.utr         TAX_ID       10     utr
-              NATIONAL_ID  9      nino
in_.aadhaar    NATIONAL_ID  12     aadhaar aadhar adhaar uidai
in_.pan        TAX_ID       10     pan
nl.bsn         NATIONAL_ID  9      bsn burgerservicenummer sofinummer
it.codicefiscale TAX_ID     16     fiscale cf
it.iva         TAX_ID       11     iva
pl.pesel       NATIONAL_ID  11     pesel peselu
pl.nip         TAX_ID       10     nip
br.cpf         TAX_ID       11     cpf
br.cnpj        TAX_ID       14     cnpj
mx.curp        NATIONAL_ID  18     curp
mx.rfc         TAX_ID       10-13  rfc
fr.nir         NATIONAL_ID  13-15  nir insee sécurité sociale sécu secu vitale
fr.nif         TAX_ID       13     fiscal spi
be.nn          NATIONAL_ID  11     rijksregisternummer rijksregister nrn registre
ch.ssn         NATIONAL_ID  13     ahv avs ahvn13
at.vnr         NATIONAL_ID  10     svnr sozialversicherungsnummer sozialversicherung
-              NATIONAL_ID  12     rentenversicherungsnummer sozialversicherungsnummer rvnr
-              NATIONAL_ID  9-10   personalausweis personalausweisnummer ausweis ausweisnummer
se.personnummer NATIONAL_ID 10-12  personnummer personnr
dk.cpr         NATIONAL_ID  10     cpr personnummer
no.fodselsnummer NATIONAL_ID 11    fødselsnummer fodselsnummer personnummer
fi.hetu        NATIONAL_ID  11     hetu henkilötunnus
is_.kennitala  NATIONAL_ID  10     kennitala
ee.ik          NATIONAL_ID  11     isikukood
lt.asmens      NATIONAL_ID  11     asmens
bg.egn         NATIONAL_ID  10     egn егн
ro.cnp         NATIONAL_ID  13     cnp
cz.rc          NATIONAL_ID  9-10   rodné rodne rč
hr.oib         NATIONAL_ID  11     oib
si.emso        NATIONAL_ID  13     emšo emso jmbg
gr.amka        NATIONAL_ID  11     amka αμκα
gr.vat         TAX_ID       9      afm αφμ
ie.pps         NATIONAL_ID  8-9    pps ppsn
pt.nif         TAX_ID       9      nif contribuinte
pt.cc          NATIONAL_ID  12     cidadão
hu.anum        TAX_ID       8-11   adószám
-              NATIONAL_ID  9-10   taj adóazonosító
au.tfn         TAX_ID       8-9    tfn
au.abn         TAX_ID       11     abn
-              NATIONAL_ID  10-11  medicare
nz.ird         TAX_ID       8-9    ird
ca.sin         NATIONAL_ID  9      sin
za.idnr        NATIONAL_ID  13     rsa id
kr.rrn         NATIONAL_ID  13     rrn 주민등록번호
cn.ric         NATIONAL_ID  18     身份证 身份证号 ric resident
my.nric        NATIONAL_ID  12     nric mykad ic
-              NATIONAL_ID  9      nric fin
th.pin         NATIONAL_ID  13     thai
tr.tckimlik    NATIONAL_ID  11     kimlik tckn tc
il.idnr        NATIONAL_ID  8-9     teudat zehut
id.nik         NATIONAL_ID  16     nik ktp
id.npwp        TAX_ID       15-16  npwp
pk.cnic        NATIONAL_ID  13     cnic
cl.rut         NATIONAL_ID  8-9    rut run
ar.cuit        TAX_ID       11     cuit cuil
ar.dni         NATIONAL_ID  7-8    dni
co.nit         TAX_ID       8-10   nit cédula cedula
ec.ci          NATIONAL_ID  10     cédula cedula
pe.cui         NATIONAL_ID  8-9    dni cui
pe.ruc         TAX_ID       11     ruc
uy.rut         TAX_ID       12     rut
do.cedula      NATIONAL_ID  11     cédula cedula
ua.rntrc       TAX_ID       10     рнокпп іпн
ru.inn         TAX_ID       10-12  инн
-              NATIONAL_ID  11     снилс
us.ein         TAX_ID       9      ein
us.itin        TAX_ID       9      itin tin
vatin          TAX_ID       8-14   vat vatin ust ustid tva btw
-              NATIONAL_ID  6-18   national identity identification nationalid
-              TAX_ID       7-18   taxpayer tin tax taxid
ad.nrt         TAX_ID       8      nrt
al.nipt        TAX_ID       10     nipt nuis
at.tin         TAX_ID       9      abgabenkontonummer
be.ssn         NATIONAL_ID  11     niss insz
bg.pnf         NATIONAL_ID  10     лнч
ca.bc_phn      NATIONAL_ID  10     phn
cu.ni          NATIONAL_ID  11     identidad
sk.rc          NATIONAL_ID  9-10   rodné rodne rč
fi.hetu        NATIONAL_ID  11     henkilötunnukseni personbeteckning personbeteckningen
fi.veronumero  TAX_ID       12     veronumero
gb.upn         NATIONAL_ID  13     upn
-              NATIONAL_ID  9      ni
in_.gstin      TAX_ID       15     gstin gstins gst
in_.epic       NATIONAL_ID  10     epic voter
jp.in_         NATIONAL_ID  12     マイナンバー 個人番号
ke.pin         TAX_ID       11     kra
kr.rrn         NATIONAL_ID  13     주민번호 외국인등록번호 frn resident foreigner
li.peid        TAX_ID       7-11   peid
-              NATIONAL_ID  11     personas nin bvn
nl.identiteitskaartnummer NATIONAL_ID 9 identiteitskaart identiteitsbewijs identiteitskaartnummer
nl.onderwijsnummer NATIONAL_ID 9   onderwijsnummer
-              NATIONAL_ID  13     jmbg јмбг embg ембг
-              NATIONAL_ID  12     иин жсн
-              NATIONAL_ID  9-12   cmnd cccd 身份证号码 身分證 身份證
-              NATIONAL_ID  9      dowód dowodu osobistego dui
-              NATIONAL_ID  7-9    cin cnie hkid
-              NATIONAL_ID  8-10   rg identidade ταυτότητας ταυτότητα
-              NATIONAL_ID  11     mbi
-              NATIONAL_ID  14     القومي
-              NATIONAL_ID  10     هوية الهوية إقامة ملی کدملی
il.idnr        NATIONAL_ID  8-9    זהות
th.pin         NATIONAL_ID  13     tnin เลขประจำตัวประชาชน บัตรประชาชน เลขบัตรประชาชน
tr.tckimlik    NATIONAL_ID  11     tcno
ve.rif         TAX_ID       10     rif
vn.mst         TAX_ID       10-13  mst
py.ruc         TAX_ID       6-9    ruc
sv.nit         TAX_ID       14     nit
gt.nit         TAX_ID       7-9    nit
gh.tin         TAX_ID       11     tin
-              NATIONAL_ID  8      személyi
-              NATIONAL_ID  12     versicherungsnummer rentenversicherung
-              NATIONAL_ID  6-14   identidad identità identité identificación identificacion extranjero extranjería
-              NATIONAL_ID  8-13   personal citizen citizenship
-              NATIONAL_ID  10-13  ssn ssns social
-              TAX_ID       8-14   nif piva umsatzsteuer umsatzsteuernummer umsatzsteueridentifikationsnummer
se.orgnr       TAX_ID       10     orgnr organisationsnummer
kr.brn         TAX_ID       10     brn 사업자등록번호 사업자번호
jp.cn          TAX_ID       13     法人番号
cn.uscc        TAX_ID       18     统一社会信用代码
at.vnr         NATIONAL_ID  10     vnr vsnr versicherungsnummer
pt.cc          NATIONAL_ID  12     cc
ec.ci          NATIONAL_ID  10     ci
cr.cpf         NATIONAL_ID  9-10   cpf física
cr.cr          NATIONAL_ID  11-12  dimex residencia
in_.vid        NATIONAL_ID  16     vid
de.stnr        TAX_ID       10-13  stnr
gn.nifp        TAX_ID       9      nifp
tr.vkn         TAX_ID       10     vkn vergi
us.atin        TAX_ID       9      atin
us.ptin        TAX_ID       9      ptin
ua.rntrc       TAX_ID       10     rntrc
dz.nif         TAX_ID       15-20  nif
si.emso        NATIONAL_ID  13     občana
mu.nid         NATIONAL_ID  14     nid
-              NATIONAL_ID  8-18   identifikacijski identificação identificazione identifikationsnummer
-              NATIONAL_ID  8-18   kependudukan ciudadanía ciudadania ciudadano físicas
-              NATIONAL_ID  8-18   identyfikacyjny удостоверения identitetskort
ro.cnp         NATIONAL_ID  13     numeric
-              TAX_ID       7-16   tributaria tributario tributária contribuyentes contribuyente contribuable pajak thuế
-              TAX_ID       9-16   fiscale fiscală налогоплательщика 税号
gr.amka        NATIONAL_ID  11     ασφάλισης
"""
"""Module of stdnum (`-` for none), entity type, how many letters and digits, the words."""


class Kind(NamedTuple):
    """One line of the table."""

    module: str
    entity_type: str
    least: int
    most: int


def _kinds() -> dict[str, list[Kind]]:
    kinds: dict[str, list[Kind]] = {}
    for line in TABLE.strip().splitlines():
        module, entity_type, size, *named = line.split()
        least, _, most = size.partition("-")
        for word in dict.fromkeys(named):
            kinds.setdefault(word, []).append(Kind(module, entity_type, int(least), int(most or least)))
    return kinds


KINDS = _kinds()
"""Word to the kinds of numbers that it may name."""

VAGUE: dict[str, re.Pattern[str]] = {
    "national": re.compile(
        r"[ _-](?:id(?:entity|entification|entifier)?|insurance)(?:[ _-](?:card|code|number|no))?\b"
    ),
    "identity": re.compile(r"[ _-](?:card|codes?|numbers?|no|document)(?:[ _-](?:number|no))?\b"),
    "identification": re.compile(r"[ _-](?:codes?|numbers?|no)\b"),
    "tax": re.compile(
        r"[ _-](?:id|number|no|code|file|identification|identifier|payer|ref(?:erence)?)(?:[ _-](?:number|no|id))?\b"
    ),
    "steuer": re.compile(r"[ _-]?(?:id|nummer|identifikationsnummer|nr)\b"),
    "vat": re.compile(r"[ _-]?(?:id|number|no|reg(?:istration)?)?\b"),
    "ust": re.compile(r"[ ._-]?id(?:nr)?\b"),
    "id": re.compile(r"[ _-](?:number|no)\b"),
    "resident": re.compile(r"[ _-](?:id|identity|registration)(?:[ _-](?:card|number|no))?\b"),
    "foreigner": re.compile(r"[ _-](?:registration|id)(?:[ _-](?:number|no))?\b"),
    "registre": re.compile(r"[ _-]national\b"),
    "thai": re.compile(r"[ _-](?:national )?id\b"),
    "tc": re.compile(r"[ _-](?:kimlik|no)\b"),
    "ic": re.compile(r"[ _-](?:number|no)\b"),
    "numeric": re.compile(r" personal\b"),
    "vergi": re.compile(r"[ _-](?:kimlik|no)\b"),
    "ni": re.compile(r"[ _-](?:number|no|nr)\b"),
    "voter": re.compile(r"[ _-](?:id|card|identity)(?:[ _-](?:card|number|no))?\b"),
    "personas": re.compile(r"[ _-]kod\w{0,3}\b"),
    "social": re.compile(r"[ _-](?:security|insurance)(?:[ _-](?:card|number|no|nr|#))?"),
    "personal": re.compile(
        r"[ _-](?:public service|id(?:entity|entification|entifier)?)(?:[ _-](?:numbers?|no|codes?|card))?\b"
    ),
    "citizen": re.compile(
        r"(?:['\u2019]?s)?[ _-](?:id(?:entity|entification)?|card|service)?[ _-]?(?:number|no|card)\b"
    ),
    "citizenship": re.compile(r"[ _-](?:number|no|id|card)\b"),
    "kra": re.compile(r"[ _-]pin\b"),
    "umsatzsteuer": re.compile(r"[ _-](?:id(?:entifikationsnummer|nr)?|nummer|nr)\b"),
}
"""Words that name a number only together with what follows them."""
