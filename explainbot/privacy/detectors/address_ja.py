"""Japanese addresses: postcode, prefecture, city, town and the numbers of block and house, in this order.

Order and the words for the parts: Universal Postal Union, "Addressing systems" (S42), Japan; the forty-seven
prefectures: ISO 3166-2:JP. Without a prefecture an address is taken after a word such as 住所 only.
"""

from __future__ import annotations

import re

from explainbot.privacy.detection import Detection
from explainbot.privacy.triggers import triggered_by

_PREFECTURES = frozenset(
    """
    北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県
    東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県
    滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県
    香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県
    """.split()
)
_LABELS = frozenset("住所 届け先 お届け先 配送先 送り先 郵便番号".split())
_CUES = _PREFECTURES | _LABELS | {"〒"}

_DASH = "[-−－ー‐–]"
_CODE = rf"〒?\s?[0-9０-９]{{3}}{_DASH}[0-9０-９]{{4}}(?![0-9０-９])"
_TOWN = r"[^\x00-\x7f\s。、，！？「」（）：０-９]"
_NUMBERS = (
    rf"\s?[0-9０-９]{{1,4}}(?:\s?(?:丁目|番地の?|番|号|の|{_DASH})\s?[0-9０-９]{{1,4}}){{0,4}}+(?:\s?(?:丁目|番地|番|号室?))?"
    r"(?!\s?[0-9０-９年月日時円個人回玉件台本枚階分])"
)
_CITY = rf"{_TOWN}{{1,8}}?[市区町村郡]{_TOWN}{{0,24}}?{_NUMBERS}"
_HERE = re.compile(rf"\s?{_CITY}")
"""What follows a prefecture."""

_LABELLED = re.compile(rf"\s?[は：:]?\s{{0,3}}(?P<all>{_CODE}(?:\s{{0,3}}{_CITY})?|{_CITY})")
"""What follows a word for an address: a postcode, an address, or both."""

_CODE_BEFORE = re.compile(rf"{_CODE}\s{{0,3}}\Z")
_CUE = re.compile("|".join(sorted(_CUES, key=len, reverse=True)))


@triggered_by(words=_CUES)
def detect(text: str) -> list[Detection]:
    """Japanese addresses and postcodes in `text`."""
    found = []
    for cue in _CUE.finditer(text):
        if cue[0] not in _PREFECTURES:
            match = _LABELLED.match(text, cue.start() if cue[0] == "〒" else cue.end())
            found += [match.span("all")] if match else []
        elif match := _HERE.match(text, cue.end()):
            code = _CODE_BEFORE.search(text, max(0, cue.start() - 16), cue.start())
            found.append((code.start() if code else cue.start(), match.end()))
    return [Detection(*span, "ADDRESS", 0.8, "the form of a Japanese address") for span in found]
