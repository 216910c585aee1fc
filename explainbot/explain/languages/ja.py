"""Japanese: short sentences in the polite form; no plural, no space between sentences."""

from __future__ import annotations

from explainbot.explain.languages import Language, Message


def _n(text: str) -> dict[str, str]:
    return {"other": text}


MESSAGES: dict[str, Message] = {
    # the first line
    "written_by_ai": "この回答はAI（モデル：{model}）が作成しました。",
    "written_by_ai_plain": "この回答はAIが作成しました。",
    "found_in_all": _n("{count}件の内容はすべて、次の情報源で確認できました：{sources}。"),
    "found_in_some": _n("{all}件の内容のうち{count}件は、次の情報源で確認できました：{sources}。"),
    "partly_in_all": _n("{count}件の内容は、次の情報源で一部だけ確認できました：{sources}。"),
    "partly_in_some": _n("{all}件の内容のうち{count}件は、次の情報源で一部を確認できました：{sources}。"),
    "not_found_line": _n("{count}件の内容は、どの情報源にも見つかりませんでした。"),
    "conflicts_line": _n("{count}件の内容は、情報源と一致しません。"),
    "general_knowledge": "一般的な知識にもとづいています。会社の情報源は使われていません。",
    "general_knowledge_given": "一般的な知識にもとづいています。会社の情報源には見つかりませんでした。",
    "nothing_claimed": "確認できる内容は含まれていません。",
    "tool_calls_only": "今のところ照会だけです：{tools}。回答の文章はまだありません。",
    "refusal_line": "AIはこれに回答しませんでした。",
    "unavailable_line": "これ以上はお伝えできません。説明がありません。",
    "empty_line": "回答の文章はありません。",
    # headings
    "details": "この回答の理由",
    "said": "回答の内容",
    "data": "お客様のデータ",
    "about": "この回答について",
    # one statement
    "state_found": "次の情報源で確認できました：{source}。",
    "state_partly": "次の情報源で一部を確認できました：{source}。ご自身でもお確かめください。",
    "state_partly_none": "一部だけ確認できました。ご自身でもお確かめください。",
    "state_not_found": "どの情報源にも見つかりませんでした。ご利用の前にお確かめください。",
    "state_conflict": "情報源と一致しません。お確かめください。",
    "repeated": "このチャットですでに述べられた内容です。正しいことを示すものではありません。",
    "same_quote": "内容{number}と同じ箇所です。",
    "conflict_values": "回答では{said}です。情報源（{source}）では{other}です。",
    "conflict_withheld": "回答では{said}です。情報源（{source}）では異なります。",
    "missing_values": "どの情報源にも見つからないもの：{values}。",
    "quote": "情報源の記載：{quote}",
    "changed": "最終更新：{date}。",
    "no_claims": _n("ほかの{count}文は、あいさつや質問など、確認する内容のない文です。"),
    "matching": (
        "「確認できました」は、言葉と値が一致したという意味です。AIがその文章を使ったことを示すものではありません。"
    ),
    # sources by kind
    "kind_document": "会社の文書",
    "kind_tool_result": "当社システムの照会結果",
    "kind_tool_result_named": "当社システムの照会結果（{tool}）",
    "kind_profile": "お客様のアカウント情報",
    "kind_history": "このチャットの以前のメッセージ",
    "kind_instructions": "AIに対する会社の規則",
    "kind_customer_message": "お客様ご自身のメッセージ",
    "not_quoted": "AIには次のものも渡されましたが、ここには引用されていません：{sources}。",
    "not_sent": "この回答のために選ばれましたが、AIには渡されませんでした：{sources}。",
    # data
    "hidden": "AIに見せなかったもの：{items}。",
    "hidden_none": "AIに隠すべき個人データは見つかりませんでした。",
    "item": "{entity}{count}件",
    "purpose": "お客様のデータの利用目的：{purpose}。",
    "source_purpose": "{source}の利用目的：{purpose}。",
    # about
    "model": "AIモデル：{model}（提供：{provider}）。",
    "responsible": "責任者：{name}。",
    "privacy": "プライバシーに関するお知らせ：{url}",
    "contact": "担当者と話す、または誤りを知らせるには：{contact}。",
    "contact_none": "担当者と話す、または誤りを知らせるには、このチャットでお申し付けください。",
    "trace": "記録番号：{trace}。",
    "region": "AIサービスの稼働場所：{region}。",
    "retention": "このチャットの記録の保存期間：{time}。",
    # in simple words
    "simple": "やさしい言葉で",
    "simple_ai": "この回答は、コンピューターのプログラム（AI）が書きました。",
    "simple_all": "書いてあることは、プログラムに渡した文章にあります。",
    "simple_some": _n("{all}文のうち{count}文は、プログラムに渡した文章にあります。"),
    "simple_partly": _n("{count}文は、一部だけそこにあります。お確かめください。"),
    "simple_missing": _n("{count}文は、その文章にありません。まちがいかもしれません。"),
    "simple_none": "書いてあることは、プログラムに渡したどの文章にもありません。まちがいかもしれません。",
    "simple_conflicts": _n("{count}文は、その文章と合いません。そのまま信じないでください。"),
    "simple_hidden": "お客様のデータの一部は、プログラムに見せていません。",
    "simple_person": "人と話したいですか。方法はこちらです：{contact}。",
    "simple_person_none": "人と話したいですか。ここでお知らせください。",
    # the full record
    "record": "すべての記録",
    "record_given": "AIに渡されたもの",
    "record_source": "{source}（識別名 {id}、版 {version}）",
    "record_checks": "それぞれの内容の確認方法",
    "record_statement": "内容{number}",
    "tier_matched": "{source}：言葉と値の一致率は{share}です。",
    "tier_cited": "{source}：AIがこの箇所を示し、実際に記載があります（{share}）。",
    "tier_checked": "{source}：二つ目の確認も同じ結果でした（{share}）。",
    "tier_tested": "{source}：試験済みです。この文章がないと、AIの回答は変わります（{share}）。",
    "record_nearest": "これを裏付ける情報源はありません。",
    "record_about": "この記録について",
    "record_time": "時刻：{time}。",
    "record_form": "この記録の形式：{version}。",
    "limits": "確認はプログラムが行います。誤ることがあります。",
    # notes
    "note_partial": "とても長い文章の一部は確認されていません。",
    "note_language": "確認プログラムはこの回答の言語をあまり得意としません。見落としが増えることがあります。",
    "note_cut": "回答は途中で切れています。",
    "note_filtered": "AIサービスが回答の一部を差し止めました。",
    "note_unknown_placeholders": _n(
        "AIは個人データの代わりの記号を{count}件、勝手に作りました。そのまま残してあります。",
    ),
    "note_tools": "AIは照会も求めました：{tools}。",
}

ENTITIES = {
    "EMAIL_ADDRESS": _n("メールアドレス"),
    "PHONE_NUMBER": _n("電話番号"),
    "CREDIT_CARD": _n("カード番号"),
    "IBAN_CODE": _n("銀行口座番号"),
    "PERSON": _n("氏名"),
    "LOCATION": _n("所在地"),
    "IP_ADDRESS": _n("IPアドレス"),
    "US_SSN": _n("社会保障番号"),
    "CUSTOMER_ID": _n("お客様番号"),
    "DATE_TIME": _n("日付"),
    "DATE_OF_BIRTH": _n("生年月日"),
    "URL": _n("ウェブアドレス"),
    "API_KEY": _n("秘密の鍵"),
    "CREDENTIAL": _n("パスワードまたは鍵"),
    "BANK_ACCOUNT": _n("銀行口座番号"),
    "MAC_ADDRESS": _n("機器番号"),
    "IMEI": _n("機器番号"),
    "NATIONAL_ID": _n("身分証明番号"),
    "TAX_ID": _n("納税者番号"),
    "PASSPORT": _n("旅券番号"),
    "DRIVER_LICENSE": _n("運転免許証番号"),
    "VEHICLE": _n("車両番号"),
    "CRYPTO": _n("ウォレットアドレス"),
    "SOCIAL_HANDLE": _n("ユーザー名"),
    "ORGANIZATION": _n("会社名"),
    "ADDRESS": _n("住所"),
    "POSTCODE": _n("郵便番号"),
    "PLACE": _n("地名"),
    "USER_ID": _n("ユーザー名"),
    "PAYMENT_ID": _n("支払い番号"),
    "MEMBERSHIP_ID": _n("会員番号"),
    "PLACEHOLDER_LIKE": _n("置き換え記号のように見える文字列"),
    "*": _n("その他の個人情報"),
}

LANGUAGE = Language(code="ja", direction="ltr", messages=MESSAGES, entities=ENTITIES, quotes=("「", "」"), space="")
