"""Labelled support text: templates filled with names, addresses, towns and companies; the same seed, the same text.

A template is a line of `templates/LANGUAGE.txt`: `(this|or that)` is a choice, `{name}` a slot. A text is a handful of
sentences of one language, a form, a signature, a JSON profile, or everyday words; then it is written as people write:
in lower case, in capitals, with slips of the keys.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

import addresses
from addresses import digits, made_up, pick
from lists import EVERYDAY, calendar, countries, held_out, names, ordinary, towns
from prose import PROSE, prose
from prose import words as prose_words

O, P, A, L, G = range(5)  # noqa: E741 - the labels: other, person, address, place, organisation
Piece = tuple[str, int]

WEIGHTS = {
    "english": 16, "black american": 7, "hispanic": 6, "indian": 10, "chinese": 7, "arabic": 5, "vietnamese": 8, "korean": 5,
    "japanese": 4, "nigerian": 4, "slavic": 6, "turkish": 4, "german": 4, "french": 4, "italian": 3, "dutch": 4,
    "portuguese": 5, "nordic": 4, "irish": 2, "pakistani": 2, "kenyan": 1, "ghanaian": 1, "zulu": 1, "hungarian": 2,
    "greek": 3, "hebrew": 4, "persian": 2, "thai": 1, "baltic": 2, "romanian": 2, "indonesian": 2, "maghrebi": 1, "uzbek": 1,
}  # fmt: skip
"""How often names of a group stand in texts in Latin letters."""

SCRIPTS = {
    "ru": ["cyrillic"], "uk": ["cyrillic"], "ar": ["arabic letters"], "el": ["greek letters"], "he": ["hebrew letters"],
    "hi": ["devanagari"], "zh": ["han"], "ja": ["kana and kanji"], "ko": ["hangul"], "fa": ["persian letters"],
    "th": ["thai letters"],
}  # fmt: skip
HOME = {
    "de": ["german"], "fr": ["french"], "es": ["hispanic"], "it": ["italian"], "nl": ["dutch"], "pt": ["portuguese"],
    "pl": ["slavic"], "tr": ["turkish"], "sv": ["nordic"], "vi": ["vietnamese"], "id": ["indonesian"], "da": ["nordic"],
    "nb": ["nordic"], "fi": ["nordic"], "cs": ["slavic"], "hu": ["hungarian"], "ro": ["romanian"],
}  # fmt: skip
STATES = {
    "de": ["DE", "AT", "CH"], "fr": ["FR", "BE", "CH"], "es": ["ES", "MX", "AR", "CO", "CL"], "it": ["IT"], "nl": ["NL", "BE"],
    "pt": ["PT", "BR"], "pl": ["PL"], "tr": ["TR"], "sv": ["SE", "NO", "DK", "FI"], "ru": ["RU", "UA"], "vi": ["VN"],
    "el": ["CY"], "id": ["ID"],
}  # fmt: skip
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Sept|Oct|Dec"
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
TITLES = "Mr.|Mrs.|Ms.|Mr|Mrs|Ms|Miss|Sir|Mx.|Mr.|Ms.|Mrs."
DOCTORS = "Dr.|Dr|Dr.|Dr|Prof.|Prof. Dr.|DR."
DEGREES = ", MD|, PhD| MD| PhD|, Psy.D.| PsyD|, LMFT| LCSW|, Psy|, MS|, DDS| DDS|, Esq.| Ph.D.|, RN| DVM|, MA|, NP| DO"
SHORT_CITIES = """SF|LA|NYC|NY|DC|SD|San Fran|Philly|Vegas|Frisco|Chi-town|Atl|the Bay Area|the Big Apple|SJ|KL|Washington D.C.|Washington
DC|St. Louis|New York City|New York|Los Angeles|San Francisco|San Diego|San Jose|London, England|Paris, France|Seattle|Chicago|Toronto|Vancouver|Sacramento|Fresno|Phoenix|Portland|Anaheim|Long Beach|Oakland|Berkeley|Palo Alto|Walnut
Creek|Las Vegas|Atlanta|Denver|Sydney|Mexico City|Delhi|Berlin|Paris|London|Nairobi|Hollywood|Corte Madera|Morgan Hill|Half Moon Bay|Mountain View"""
CARS = """Alfa Romeo Stelvio|Audi A8|Honda Civic|Toyota Camry|Ford Focus|Dacia Duster|Buick Regal|Nissan Versa|BMW X5|Kia Rio|Hyundai Elantra|Jeep Wrangler|Mercedes Benz
E-Class|Chevrolet Impala|Mazda CX-5|Tesla Model Y|Volvo XC90|Peugeot 208|Fiat Panda|Lincoln Navigator|Chrysler Pacifica|Dodge Charger|Cadillac Escalade"""
AREAS = "Downtown|North|South|East|Airport|Center|Central|Midtown|Waterfront|Riverside|Convention Center|Beach|City|Hyde Park|Bridge|Marina|Square"
VERBS = """approved argued arrived asked began bought brought built called came claimed completed confirmed contacted cooked
created decided delivered denied described designed discovered drew drove earned edited emailed ended enjoyed entered
established explained faces faced failed fed felt filed filled finished fixed flew found gave got graduated grew had handled
has heard held helped hired is joined keeps kept knew knows launched leads learned led left likes lives lost loves made
managed manages married met missed moved needs noted opened ordered owns paid passed picked played plays posted prefers
prepared presented promised proposed published put ran reached reads received recommends refused remembers rented replied
reported requested resigned returned reviewed runs said sang sat saw says scheduled scored selected sent served shared
showed signed sold speaks specializes spent spoke started stated stayed stopped studied submitted suggested supports takes
talked taught tells thinks thought told took tried turned understands used visited waited walked wanted wants was went
will won wonders works worked wrote""".split()
THIRD = {
    "given": """Austin Jordan Madison Virginia Georgia Houston Orlando Dallas London Paris Chelsea Brooklyn Savannah Sydney Florence
Vienna Carolina Dakota Montana Phoenix Cheyenne Kingston Jackson Lincoln Hudson Camden Milan Verona Siena Adelaide Victoria
Charlotte Chad Israel Kenya Asia India America Devon Kent Chester Lancaster Troy Aurora Boston Denver Raleigh Memphis Salem
Rose Lily Daisy Ivy Hazel Olive Ruby Pearl Amber Crystal Jade Grace Hope Faith Joy Charity Mercy Harmony Melody Dawn Eve
April May June August Autumn Summer Will Mark Bill Bob Rob Sue Pat Jack Nick Drew Grant Chase Pierce Dean Earnest Frank Rich
Sandy Sunny Angel Christian Page Paige Robin Jay Drake Wolf Max Ace Art Gene Jean Guy Mason Cooper Hunter Carter Parker
Taylor Porter Sawyer Fisher Archer River Skye Sky Brook Cliff Dale Glen Heath Forest Ray Buddy Dutch Duke Earl King Prince
Royal Major Judge Noble Stone Reed Clay Rusty Dusty Lance Miles Chance Destiny Genesis Heaven Iris Violet Ginger Holly
Jasmine Juniper Willow Heather Avalon Penny Candy Cherry Honey Star Stormy Rain Winter Tuesday Wednesday""",
    "family": """Wells York Marshall Houston Washington Lincoln Jackson Jordan Madison Hill Park Parks Lake Rivers Woods Fields Church House
Hall Street Day Knight Best Good Love Sweet Moon Star Snow Frost Winter Summer Rose Lily Page Price Cash Banks Young Long
Short Small Little White Black Brown Green Gray Grey Rich Sharp Strong Swift Savage Wise Moody Bright French English German
Holland London Paris England Ireland Wales Boston Denver Dallas Austin Kent Essex Lancaster Chester Bath Stone Wood Field
Bush Ford Bridges Brooks Marsh Meadows Glenn Dale Heath Cliff Rock Clay Sands Cook Baker Carter Mason Cooper Taylor Parker
Miller Porter Fisher Hunter Archer Butler Gardner Farmer Smith Shepherd Turner Walker Potter Weaver Bishop Pope Abbott Monk
Dean Judge Law Major Sargent King Prince Duke Earl Noble Power Freeman Newman Goodman Wolf Fox Bear Lamb Bird Swan Crane
Finch Buck Hart Hawk Drake Berry Cherry Bean Rice Pepper Bacon Burger Bell Ball Glass Case Book Read Reed Waters Pool Mills
Bond Means Penny Moneypenny Dollar Christmas Easter Friday Sunday May March June August Gates Graves Tomb Cross Temple Bliss""",
}
"""Given names and surnames that are also places or words."""
PRODUCTS = """Galaxy S24|iPhone 15 Pro|Kindle Paperwhite|Model 3|AirPods Max|Surface Pro|PlayStation 5|Echo Dot|Pixel 8|Instant
Pot|Premium Plan|Business Class|Gold Card|Family Package|Rose Gold case|Mark II mixer|Jordan sneakers|Victoria sponge kit|Paris
dress|Austin desk lamp|Windsor chair|Oxford shirt|Chelsea boots|Henley tee|Panama hat|Bermuda shorts|Madison sofa|Savannah rug|Basic
plan|Pro Max bundle|Sky Blue mug|Smart TV|Air Fryer XL|Trail Runner 2|Nova charger|Titan router|Luna lamp|Ruby ring|Grace
perfume|Hunter boots|Sienna curtains|Florence blanket|Cooper mattress|Wellington boots|Black Friday deal|Cyber Monday coupon|Visa Gold
card|Apple Watch|Google Home|Fire Stick|Office 365|Adobe Reader|Windows 11|Android Auto|Bluetooth headset|USB-C cable"""
BRANDS = """Amazon|Google|Apple|Microsoft|Netflix|Spotify|PayPal|Visa|Mastercard|FedEx|UPS|DHL|Samsung|Sony|Nike|Adidas|Zara|IKEA|Walmart|Target|Costco|Starbucks|Delta|United
Airlines|Lufthansa|Ryanair|Marriott|Hilton|Airbnb|Uber|Lyft|Tesla|Toyota|Ford|Chase|Wells Fargo|Citibank|HSBC|Barclays|Klarna|Stripe|Shopify|eBay|Etsy|Morgan
Stanley|Johnson & Johnson|JP Morgan|Charles Schwab|Marks & Spencer|Ralph Lauren|Tommy Hilfiger|Ben & Jerry's|Wendy's|McDonald's|Macy's|Kohl's|Ernst & Young|Procter &
Gamble|American Express|Bank of America|Salesforce|Zendesk|Twilio|LinkedIn|Facebook|Instagram|WhatsApp|Twitter|YouTube|Outlook|Gmail|Chrome|Oracle|IBM"""
MAKERS = """Shimano|IKEA|Bosch|Makita|Philips|Siemens|Dyson|Miele|Braun|Canon|Nikon|Garmin|Fitbit|Logitech|Lenovo|Asus|Acer|Dell|HP|Epson|Brother|LG|Panasonic|Sharp|Xiaomi|Huawei|Oppo|Motorola|Nokia|Sonos|Bose|JBL|Marshall|
Fender|Gibson|Yamaha|Casio|Seiko|Swatch|Tefal|Krups|DeLonghi|Nespresso|Smeg|KitchenAid|Kenwood|Whirlpool|Electrolux|Beko|Hoover|Karcher|Stihl|Husqvarna|Black & Decker|Stanley|DeWalt|Ryobi|Brompton|Trek|Giant|Cube|Canyon|Specialized|
Schwalbe|Continental|Michelin|Pirelli|Goodyear|Thule|Osprey|Deuter|Vaude|Salomon|Merrell|Asics|Puma|Reebok|Converse|Vans|Dr. Martens|Levi's|Lee|Wrangler|Diesel|Guess|Hugo Boss|Calvin Klein|Lego|Playmobil|Hasbro|Mattel|Steiff|Fisher-Price|
Nintendo|Sega|Razer|Corsair|Kingston|SanDisk|Seagate|Ergobaby|Bugaboo|Cybex|Maxi-Cosi|Chicco|Pampers|Nivea|Oral-B|Gillette|Vitamix|Ninja|Shark|Roomba|Ring|Nest|Evri|Royal Mail|Hermes|Yodel|GLS|DPD|Parcelforce|Correos|PostNL|Bpost|InPost|
Chronopost|Udemy|Coursera|Slack|Zoom|Trello|Asana|Notion|Dropbox|Canva|Figma|Mailchimp|HubSpot|Expensify|Revolut|Monzo|Wise|Venmo|Zelle|Cash App|Fedwire|Plaid|Navan|Concur"""
MODELS = """Deore|Malm|Billy|Kallax|Hemnes|Poang|Stratocaster|Les Paul|Roomster|Fabia|Astra|Corsa|Clio|Twingo|Megane|Punto|Ibiza|Leon|Arona|Cayenne|Macan|Taycan|Picanto|Sorento|Yaris|Corolla|Jimny|Vitara|Forester|Impreza|Domane|Marlin|Defy|
Escape|Roubaix|Allez|Pace|Storm|Titan|Nova|Luna|Aria|Vega|Orion|Atlas|Apollo|Zeus|Hera|Olympus|Pegasus|Phoenix|Comet|Falcon|Eagle|Raptor|Puma|
Jaguar|Panther|Tiguan|Touareg|Passat|Golf|Polo|Kodiaq|Octavia|Superb|Duster|Sandero|Logan|Venture|Explorer|Ranger|Transit|Aygo|Zoe|Tucson|Kona|Ioniq|Silver|Urban|Classic|Comfort|Sport|Active|Prime|Essential|Signature|Legend"""
FOUNDERS = """Hugo Boss|Giorgio Armani|Michael Kors|Kate Spade|Tory Burch|Jimmy Choo|Johnnie Walker|Jack Wolfskin|Helly Hansen|Estée Lauder|Uncle Ben's|Dr Pepper|
Mr Muscle|Harley Davidson|Aston Martin|Land Rover|Trader Joe's|Victoria's Secret|Louis Vuitton|Christian Dior|Gucci|Zara|Mango|Bershka|Massimo Dutti|
Cartier|Lacoste|Esprit|Porsche|Ferrari|Maserati|Chrysler|Renault|Citroën|Skoda|Suzuki|Kawasaki|Ducati|Vespa|Piaggio|Callaway|Ping|Babolat|Dunlop|Umbro|
Kappa|Ellesse|Burberry|Swarovski|Campari|Heineken|Guinness|Carlsberg|Hershey|Cadbury|Nestlé|Kellogg's|Heinz|Knorr|Maggi|Barilla|Lavazza|Illy|Lipton|
Wendy's|Denny's|Domino's|Papa John's|Jack in the Box|Nando's|Wagamama|Greggs|Tim Hortons|Lloyds|Santander|Allianz|Aviva|Geico|Lemonade"""
"""Makers and shops that are called after people or like people."""
GOODS = """Ale|Lager|Stout|Cider|Gin|Rum|Tonic|Merlot|Shiraz|Boots|Sneakers|Sandals|Loafers|Jacket|Hoodie|Jeans|Skirt|Blouse|Parka|Sweater|Tote|Backpack|Wallet|
Watch|Bracelet|Necklace|Lipstick|Serum|Cologne|Shampoo|Candle|Sofa|Armchair|Bed|Lamp|Rug|Mirror|Shelf|Desk|Kettle|Toaster|Blender|Mixer|Drill|Saw|Mower|Tent|Kayak|
Racket|Putter|Bike|Scooter|Helmet|Guitar|Piano|Amp|Lens|Tripod|Printer|Router|Monitor|Keyboard|Speaker|Earbuds|Headset|Console|Cream|Chocolate|Cookies|Granola|Sauce|
Cheese|Salami|Coffee|Roast|Blend|Red|Blue|Green|Black|White|Grey|Gold|Silver|Rose|Oak|Walnut|Sport|Deluxe|Classic|Original|Edition|Collection|Series|Mini|Max|Lite|XL"""
MENU = """Settings|Account|Billing|Privacy|Security|Orders|Profile|Payments|Returns|Wallet|Cards|Rewards|Offers|Checkout|Basket|Cart|Wishlist|Support|Help Center|Live Chat|Log In|Sign Out|Sign Up|Dashboard|Overview|Transfers|Statements|
Invoices|Subscriptions|Plans|Add-ons|Notifications|Preferences|Devices|Sessions|Connections|Integrations|Export|Import|Archive|Trash|Drafts|Inbox|Reports|Insights|Analytics|Team|Members|Roles|Permissions|Workspace|Projects|Boards|Cases|
Tickets|Fields|Filters|Tags|Labels|Merchant|Crypto|Savings|Loans|Mortgage|Insurance|Claims|Policies|Stock|Inventory|Shipping|Tracking|Collect|Gift Cards|Vouchers|Coupons|Promo Code|Redeem|Peer|Cap|Saver|Starter|Business|Enterprise|Emerald|Bronze|
Silver|Gold|Platinum|Titanium|Standard|Express|Next Day|Click & Collect|Block|Freeze|Unfreeze|Confirm|Cancel|Submit|Continue|Back|Home|Menu|More|Edit|Delete|Save|Share|Download|Upload|View|Open|Close|Start|Stop|Resume|Retry"""
DISHES = """Salad|Soup|Burger|Pizza|Pasta|Curry|Wrap|Sandwich|Risotto|Lasagne|Noodles|Ramen|Tacos|Burrito|Steak|Pie|Cake|Tart|Smoothie|Latte|Espresso|Tea|Lemonade|Platter|Bowl|Roll|Skewers|Fries|Dip|Omelette|Pancakes|Brownie|Caesar|Margherita|
Napoli|Hawaii|Marinara|Bolognese|Carbonara|Benedict|Wellington|Waldorf|Nicoise|Teriyaki|Tikka|Korma|Jalfrezi|Madras|Satay|Katsu|Bibimbap|Pho|Pad Thai"""
ORG_TAIL = """ Inc| Inc.| Ltd| Ltd.| LLC| GmbH| AG| S.A.| SA| BV| Group| & Sons| and Sons| & Co| Co.| Corp| Corporation| Technologies|
Solutions| Systems| Consulting| Partners| Bank| Insurance| Media| Labs| Logistics| Holdings| Capital| Foods| Energy| Software| Analytics|
Services| International| PLC| Incorporated| Studio| Agency| Foundation| Institute| University| College| Hospital| Clinic| School|
Airlines| Pharmacy| Motors| Designs| Ventures| Enterprises| Industries"""
VENUE = """ Restaurant| Cafe| Café| Grill| Bistro| Kitchen| Hotel| Inn| Hotel & Suites| Apartments| Residences| Salon| Hair Studio| Spa|
Dental| Theater| Theatre| Stadium| Arena| Museum| Park| Bar| Pizzeria| House| Diner| Bakery| Sushi| Thai Cuisine| Barber Shop| Auto Care|
Gardens| Tower| Center| Plaza| Country Club| Lodge| Suites| Brewing Company| Steakhouse| Taqueria| Noodle House| Cinemas"""
JOBS = """account manager|software engineer|nurse|teacher|Sales Manager|Product Designer|Office Administrator|Customer Success
Lead|Head of Support|CEO|CTO|accountant|Marketing Director|Data Analyst|Senior Buyer|Network administrator|Attorney at Law|Mechanical
engineer|Operations manager|Labor relations director|Team Lead|Technician|Claims Adjuster|Assistant manager|Regional Director"""
GRADES = """|||Senior|Junior|Lead|Chief|Assistant|Deputy|Regional|Global|Associate|Principal|Head|Managing|Staff|Acting|Vice"""
FIELDS = """|Sales|Marketing|Finance|Purchasing|Logistics|Operations|Quality|Support|IT|Legal|HR|Security|Training|Research|Production|Product|
Design|Software|Data|Project|Office|Facility|Branch|Account|Customer Service|Procurement|Warehouse|Event|Content|Risk|Tax|Export"""
ROLES = """Manager|Director|Officer|Engineer|Assistant|Coordinator|Specialist|Analyst|Consultant|Lead|Supervisor|Executive|Secretary|
Administrator|Developer|Partner|President|Agent|Advisor|Buyer|Clerk|Representative|Controller|Planner|Trainer|Owner|Founder|Editor"""
JOBS_IN = {
    "de": "Geschäftsführer|Leiterin Vertrieb|Leiter Einkauf und Logistik|Sachbearbeiterin|Kundenbetreuer|Projektleiter|Buchhaltung|Assistenz der Geschäftsleitung|"
    "Abteilungsleiter|Rechtsanwältin|Facharzt für Chirurgie|Teamleitung Kundendienst|Hausverwaltung|Steuerberater|Vertriebsleiter|Personalabteilung",
    "fr": "Directeur commercial|Responsable logistique|Chef de projet|Assistante de direction|Comptable|Gérante|Ingénieur|Avocate|Service clients|Médecin généraliste|Chargée de clientèle",
    "es": "Director comercial|Jefe de ventas|Responsable de logística|Contable|Gerente|Ingeniera|Abogado|Atención al cliente|Asistente de dirección|Administrativa",
    "it": "Direttore commerciale|Responsabile acquisti|Ragioniera|Ingegnere|Avvocato|Ufficio clienti|Assistente di direzione|Capo progetto|Amministratore",
    "nl": "Hoofd inkoop|Manager verkoop|Projectleider|Boekhouder|Klantenservice|Directeur|Advocaat|Accountmanager|Teamleider|Administratief medewerker",
    "pt": "Diretor comercial|Gerente de compras|Contadora|Engenheiro|Advogada|Atendimento ao cliente|Chefe de projeto|Assistente administrativo",
    "pl": "Kierownik sprzedaży|Dyrektor handlowy|Księgowa|Specjalista ds. zakupów|Inżynier|Radca prawny|Obsługa klienta|Asystentka zarządu",
    "tr": "Satış Müdürü|Genel Müdür|Muhasebe|Satın Alma Uzmanı|Mühendis|Avukat|Müşteri Hizmetleri|Proje Yöneticisi",
    "sv": "Försäljningschef|Inköpsansvarig|Ekonomichef|Projektledare|Ingenjör|Jurist|Kundtjänst|Administratör",
}  # fmt: skip
TYPES = "Psychologist|Psychiatrist|Family Counselor|dentist|Dermatologist|General Practitioner|therapist|stylist|agent|lawyer|Gynecologist|tutor"

NICKS = {"William": "Bill", "Robert": "Bob", "Elizabeth": "Liz", "Katherine": "Kate", "James": "Jim", "Michael": "Mike"}
PARTICLES = {
    "dutch": ["van ", "van der ", "de ", "van den ", "ten "], "german": ["von ", "von der ", "zu "], "french": ["de ", "de la ", "du ", "Le "],
    "portuguese": ["da ", "dos ", "de ", "do "], "italian": ["Di ", "De ", "Della ", "Lo "], "hispanic": ["de ", "de la ", "del "],
    "arabic": ["al-", "Al-", "El-", "bin ", "Abu "], "irish": ["O'", "Mc", "Mac"], "hebrew": ["Ben-", "Bar-", "Ben ", "Bar "],
}  # fmt: skip


KANA_SURNAMES = """サトウ スズキ タカハシ タナカ イトウ ワタナベ ヤマモト ナカムラ コバヤシ カトウ ヨシダ ヤマダ ササキ ヤマグチ マツモト イノウエ キムラ ハヤシ シミズ さとう すずき たかはし たなか いとう わたなべ やまもと なかむら こばやし"""
ONE_SURNAME = ("han", "hangul", "kana and kanji", "chinese", "vietnamese", "korean", "japanese", "thai")
"""Groups whose surnames are not joined by hyphens."""


class Writer:
    """Makes texts. `held` takes the names that are otherwise left out, and no others."""

    def __init__(self, seed: int, held: bool = False, group: str | None = None) -> None:
        self.rng = random.Random(seed)
        self.held = held
        self.group = group
        self.language = "en"
        self.family_of_text: tuple[str, str, str] | None = None
        self.slots: dict[str, Callable[[], Sequence[Piece] | str]] = {
            name: getattr(self, f"slot_{name}") for name in (part[5:] for part in dir(self) if part.startswith("slot_"))
        }

    # Names ------------------------------------------------------------------------------------------------------

    @staticmethod
    @cache
    def known(group: str, held: bool, given: bool) -> list[str]:
        chosen = names()[group][0 if given else 1]
        return [name for name in chosen if held_out(name) == held] or chosen

    def pick_group(self) -> str:
        if self.group:
            return self.group
        if self.language in SCRIPTS and self.rng.random() < 0.85:
            return self.rng.choice(SCRIPTS[self.language])
        if self.language in HOME and self.rng.random() < 0.6:
            return HOME[self.language][0]
        return self.rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]

    def of(self, group: str, given: bool) -> str:
        if group == "english" and not self.held and self.rng.random() < 0.16:
            return self.rng.choice(THIRD["given" if given else "family"].split())
        known = self.known(group, self.held, given)
        if group == "english" and given and not self.held and self.rng.random() < 0.6:
            known = known[-800:] if len(known) > 800 else known
        name = self.spelled(group, self.rng.choice(known), known, given)
        return (
            f"{self.rng.choice(self.known(group, self.held, given))} {name}"
            if given and self.rng.random() < 0.03
            else name
        )

    def spelled(self, group: str, name: str, known: list[str], given: bool) -> str:
        """One of the ways to write a name in Latin letters where there are several."""
        if group == "chinese" and given and name.isalpha() and len(name) < 6 and self.rng.random() < 0.4:
            second = self.rng.choice([other for other in known if other.isalpha() and len(other) < 6] or [name])
            return self.rng.choice(
                [f"{name}{second.lower()}", f"{name}-{second}", f"{name} {second}", f"{name}-{second.lower()}"]
            )
        if group == "korean" and "-" in name:
            first, second = name.split("-")
            return self.rng.choice(
                [name, name, f"{first}{second}", f"{first} {second.capitalize()}", f"{first}-{second.capitalize()}"]
            )
        if group == "vietnamese" and self.rng.random() < 0.4:
            return bare(name)
        return name

    def person(self) -> tuple[str, str, str]:
        """Given name, surname and group of somebody."""
        group = self.pick_group()
        given, last = self.of(group, True), self.of(group, False)
        kind = self.rng.random()
        if group in PARTICLES and kind < 0.16:
            head = self.rng.choice(PARTICLES[group])
            last = head + (last if not last.lower().startswith(head.lower().strip()) else last.split(" ")[-1])
        elif kind < 0.22 and group not in ONE_SURNAME:
            joint = " " if group in ("hispanic", "portuguese") else "-"
            last = f"{last}{joint}{self.of(group, False)}"
        elif (
            kind < 0.27
            and " " not in given
            and "-" not in given
            and group in ("english", "french", "german", "black american")
        ):
            given = f"{given}{self.rng.choice('- ')}{self.of(group, True)}"
        elif kind > 0.98 and self.group is None and group in WEIGHTS:
            last = made_up(self.rng)
        return given, last, group

    def full(self) -> str:  # noqa: PLR0911 - a name is written in a dozen ways
        given, last, group = self.person()
        joint = "" if group in ("han", "hangul") else self.rng.choice([" ", ""]) if group == "kana and kanji" else " "
        if group in ("han", "hangul", "kana and kanji", "hungarian", "vietnamese") or (
            group in ("chinese", "korean", "japanese") and self.rng.random() < (0.15 if group == "japanese" else 0.4)
        ):
            usual = 0.75 if group == "vietnamese" else 0.9
            first, second = (last, given) if self.rng.random() < usual else (given, last)
            if group == "vietnamese" and self.rng.random() < 0.5:
                second = f"{self.of(group, True)} {second}"
            return f"{first}{joint}{second}"
        kind = self.rng.random()
        initial = self.rng.choice("ABCDEFGHJKLMNOPRSTVW")
        if not given.isascii() and ord(given[0]) > 0x370:
            return f"{given} {last}"
        if kind < 0.62:
            return f"{given} {last}"
        if kind < 0.72:
            return f"{given} {initial}{self.rng.choice(['.', '.', '.', ''])} {last}"
        if kind < 0.76:
            return f"{given} {self.of(group, True)} {last}"
        if kind < 0.79:
            return f"{given[0]}. {last}"
        if kind < 0.81:
            return f"{given[0]}. {initial}. {last}"
        if kind < 0.84:
            return f"{last}, {given}"
        if kind < 0.855:
            return f"{given} {last} {self.rng.choice(['Jr.', 'Sr.', 'III', 'II', 'Jr'])}"
        if kind < 0.87:
            return f"{given} {last[0]}."
        if kind < 0.90:
            return f"{given} {last}{pick(self.rng, DEGREES)}"
        return f"{given} {last}"

    def slot_name(self) -> Sequence[Piece]:
        return [(self.full(), P)]

    def slot_initials(self) -> Sequence[Piece]:
        """A name of which all but one part is a letter."""
        given, last, _ = self.person()
        a, b = self.rng.choice("ABCDEFGHIJKLMNOPRSTVWYZ"), self.rng.choice("ABCDEFGHIJKLMNOPRSTVWYZ")
        return [(self.rng.choice([
            f"{a}. {b}. {last}", f"{a}.{b}. {last}", f"{a} {last}", f"{last} {a}.", f"{last} {a}", f"{given} {a}{b} {last}",
            f"{given} {a} {last}", f"{last}, {a}. {b}.", f"{last}, {a}.", f"{given} {a}.", f"{a}. {given} {last}", f"{last} {a}{b}",
        ]), P)]  # fmt: skip

    def slot_first(self) -> Sequence[Piece]:
        given, _, _ = self.person()
        return [(NICKS.get(given, given) if self.rng.random() < 0.3 else given, P)]

    def slot_kananame(self) -> Sequence[Piece]:
        """A Japanese name by its sound, as forms ask for it."""
        sounds = [name for name in self.known("kana and kanji", self.held, True) if "\u3040" < name[0] < "\u30ff"]
        return [
            (f"{self.rng.choice(KANA_SURNAMES.split())}{self.rng.choice([' ', '', '　'])}{self.rng.choice(sounds)}", P)
        ]

    def slot_last(self) -> Sequence[Piece]:
        return [(self.person()[1], P)]

    def slot_reversed(self) -> Sequence[Piece]:
        """Surname first, as in lists: Garcia Mia L."""
        given, last, _ = self.person()
        kind = self.rng.random()
        tail = (
            f" {self.rng.choice('ABCDEFGHJKLMR')}"
            if kind < 0.4
            else f" {self.of('english', True)}"
            if kind < 0.5
            else ""
        )
        return [(f"{last} {given}{tail}", P)]

    def slot_patron(self) -> Sequence[Piece]:
        """Either way round, as lists of people to book have it."""
        return (
            self.slot_reversed()
            if self.rng.random() < 0.6
            else self.slot_name()
            if self.rng.random() < 0.8
            else self.slot_titled()
        )

    def slot_anyone(self) -> Sequence[Piece]:
        kind = self.rng.random()
        if kind < 0.45:
            return self.slot_first()
        if kind < 0.8:
            return self.slot_name()
        return self.slot_titled()

    def slot_titled(self) -> Sequence[Piece]:
        """With a form of address; a doctor's is part of the name."""
        title = (pick(self.rng, TITLES) + " ", O) if self.rng.random() < 0.6 else (pick(self.rng, DOCTORS) + " ", P)
        return [title, *(self.slot_last() if self.rng.random() < 0.5 else self.slot_name())]

    def slot_verb(self) -> str:
        return self.rng.choice(VERBS)

    def slot_code(self) -> str:
        """Numbers that are nobody's address: network addresses, versions, serial numbers, hashes, coordinates."""
        byte = partial(self.rng.randint, 0, 255)
        hexes = "".join(self.rng.choice("0123456789abcdef") for _ in range(self.rng.choice((8, 12, 16, 24, 32))))
        mixed = "".join(
            self.rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghkmnpqrstuvwxyz0123456789-_")
            for _ in range(self.rng.randint(8, 36))
        )
        return self.rng.choice([
            f"{byte()}.{byte()}.{byte()}.{byte()}", ":".join(f"{self.rng.randint(0, 65535):x}" for _ in range(8)), hexes, mixed,
            digits(self.rng, "###-##-####"), digits(self.rng, "MRN-######"), digits(self.rng, "%###-####"), f"v{self.rng.randint(0, 20)}.{self.rng.randint(0, 20)}.{self.rng.randint(0, 99)}",
            digits(self.rng, "?%##?###?%?"), digits(self.rng, "????##%#?"), digits(self.rng, "-#.######, ##.######"), digits(self.rng, "####-####-####-####"), digits(self.rng, "%#### ## ####"),
            digits(self.rng, "20##-0%-1#T1#:3#:2#.######Z"), digits(self.rng, "%##### office, ### ### #### fax"), digits(self.rng, "##### %## mobile"), digits(self.rng, "??##############"),
            digits(self.rng, "??-%####-?"), digits(self.rng, "%## %## %##"), digits(self.rng, "0x%#%#"), digits(self.rng, "#%#x%##px"), digits(self.rng, "%##c%"), digits(self.rng, "%#:##:##"), digits(self.rng, "W-%###-?"), digits(self.rng, "ISO %####"), digits(self.rng, "SP %##-##"),
        ])  # fmt: skip

    def slot_corner(self) -> Sequence[Piece]:
        """Two streets that meet."""
        first, second = (
            addresses.street_of(self.rng, self.country_code()),
            addresses.us_street(self.rng).split(" ", 1)[-1],
        )
        return [
            (f"{self.rng.choice(['', '', 'the corner of '])}{first} {self.rng.choice(['and', '&', 'and'])} {second}", A)
        ]

    def slot_estate(self) -> Sequence[Piece]:
        """A house or block of flats by its name."""
        head = self.rng.choice(
            [
                made_up(self.rng),
                self.rng.choice(addresses.US_NAMES),
                self.rng.choice(ordinary("en")[300:4000]).capitalize(),
                self.of("english", False),
                f"{digits(self.rng, '%##')} {self.of('hispanic', False)}",
                f"{digits(self.rng, '%##')} {self.slot_W()} {self.of('hispanic', False)}-{made_up(self.rng)}",
            ]
        )
        return [
            (
                head
                + self.rng.choice(
                    [
                        "",
                        "",
                        " Apartments",
                        " Terrace Apartments",
                        " Apartment Homes",
                        " Village Apartments",
                        " Ranch",
                        " Glen",
                        " Gardens",
                        " Commons",
                        " Manor",
                        " Terrace",
                        " Village",
                        " at the Park",
                        " Residences",
                    ]
                ),
                G,
            )
        ]

    # Places and organisations -----------------------------------------------------------------------------------

    def country_code(self) -> str:
        codes = STATES.get(self.language)
        return self.rng.choice(codes) if codes and self.rng.random() < 0.8 else self.rng.choice(addresses.CODES)

    def slot_addr(self) -> Sequence[Piece]:
        return [(addresses.one_line(self.rng, self.country_code()), A)]

    def slot_street(self) -> Sequence[Piece]:
        return [(addresses.street_of(self.rng, self.country_code()), A)]

    def slot_ustreet(self) -> Sequence[Piece]:
        extra = f"{self.rng.choice([' ', ', '])}{addresses.unit(self.rng)}" if self.rng.random() < 0.12 else ""
        return [(addresses.us_street(self.rng) + extra, A)]

    def slot_addrlines(self) -> Sequence[Piece]:
        joint = self.rng.choice(["\n", "\n", "\n", " \n", ",\n", "\n ", "\n    ", "\n> ", "\n>", "\n| "])
        return [(joint.join(addresses.address(self.rng, self.country_code())), A)]

    def slot_postcode(self) -> Sequence[Piece]:
        return [(addresses.postcode(self.rng, self.country_code()), A)]

    def slot_city(self) -> Sequence[Piece]:
        code = self.country_code() if self.rng.random() < 0.5 else "US"
        return [(addresses.town(self.rng, code), L)]

    def slot_country(self) -> Sequence[Piece]:
        return [(self.rng.choice(countries(self.language if self.foreign() else "en")), L)]

    def slot_place(self) -> Sequence[Piece]:
        kind = self.rng.random()
        if kind < 0.6:
            return self.slot_city()
        if kind < 0.8:
            return self.slot_country()
        if kind < 0.9 and self.language == "en":
            return [(self.rng.choice(addresses.states())[0], L)]
        return [(f"{self.slot_city()[0][0]}, {self.slot_country()[0][0]}", L)]

    def slot_town(self) -> Sequence[Piece]:
        """A town as people say it in a chat."""
        return [(pick(self.rng, SHORT_CITIES), L)] if self.rng.random() < 0.5 else self.slot_city()

    def slot_station(self) -> Sequence[Piece]:
        """Where trains, buses and planes leave, and cars are picked up."""
        city = self.slot_town()[0][0]
        name = self.rng.choice(
            [
                city,
                self.of("english", False),
                f"{self.slot_first()[0][0]} {self.of('english', False)}",
                "Union",
                "Central",
                "Pacific Central",
                f"{city} Union",
                "Grand Central",
                "King Street",
            ]
        )
        tail = self.rng.choice(
            [
                " Station",
                " Station",
                " Airport",
                " International Airport",
                " Intl Airport",
                " Bus Station",
                " Plaza",
                " Terminal",
                " Train Station",
                " Transit Center",
                " Depot",
            ]
        )
        return [
            (
                self.rng.choice(
                    [
                        name + tail,
                        name + tail,
                        "LAX International Airport",
                        "Port Authority",
                        "JFK",
                        "SFO",
                        "Union Plaza",
                        "O'Hare",
                    ]
                ),
                L,
            )
        ]

    def slot_car(self) -> str:
        return pick(self.rng, CARS) + self.rng.choice(
            ["", " SUV", " Sedan", " Hatchback", " Sportback Sedan", " compact", ""]
        )

    def slot_show(self) -> str:
        """A film, song, album, play or event by its title."""
        first, second, third = self.slot_W(), self.slot_W(), self.slot_W()
        given = self.rng.choice(self.known("english", False, True))
        return self.rng.choice([
            f"{first} {second}", f"The {first}", f"The {first} of {second}", f"{first}", f"{first} {second} {self.rng.randint(2, 5)}", f"{first} the {second}", f"{first} and {second}", f"{first} in {second}", f"{first}: {second} {third}",
            f"{given} {first} a {second}", f"{first} You {second}, {given}", f"Once Upon a {first}", f"A {first} {second}", f"My {first} {second}", f"{first} Vs {second}", f"{first} {second} Festival", f"{first} {second} Tour", f"I {first} You", f"The {given} {first}", f"This Is Not {second}",
        ])  # fmt: skip

    def slot_hotel(self) -> Sequence[Piece]:
        chain = self.rng.choice(
            [
                "Best Western Plus",
                "Hilton",
                "Holiday Inn Express",
                "Marriott",
                "The " + self.slot_W(),
                "Hotel " + self.slot_W(),
                "Courtyard",
                "Aka",
                "Arc The.",
                "1",
                self.slot_W(),
                made_up(self.rng),
                self.of("english", False),
                "Hyatt Regency",
                "Travelodge",
                "Citizenm",
                "Clh Suites",
            ]
        )
        area = self.rng.choice(
            [
                "",
                f" {self.slot_town()[0][0]}",
                f" {pick(self.rng, AREAS)}",
                f" {self.slot_town()[0][0]} {pick(self.rng, AREAS)}",
                f" {self.of('english', False)} Square",
            ]
        )
        return [
            (
                chain
                + area
                + self.rng.choice(["", "", " Hotel", " Hotel & Suites", " Inn", " Hostel", " Resort", " Lodge"]),
                G,
            )
        ]

    def slot_brand(self) -> Sequence[Piece]:
        return [(pick(self.rng, BRANDS), G)]

    def slot_org(self) -> Sequence[Piece]:
        kind = self.rng.random()
        if kind < 0.2:
            return self.slot_brand()
        tail = pick(self.rng, ORG_TAIL)
        tail = tail if tail.startswith(" ") else f" {tail}"
        family = partial(
            self.of, self.rng.choice(["english", "german", "hispanic", "italian", "indian", "slavic"]), False
        )
        if kind < 0.45:
            return [
                (
                    self.rng.choice(
                        [
                            f"{family()}{tail}",
                            f"{family()}-{family()}",
                            f"{family()}, {family()} and {family()}",
                            f"{family()} & {family()}",
                        ]
                    ),
                    G,
                )
            ]
        word = self.rng.choice(ordinary("en")[200:6000]).capitalize()
        other = self.rng.choice(ordinary("en")[200:6000])
        made = self.rng.choice(
            [f"{word}{other}", f"{word}{other.capitalize()}", f"{word} {other.capitalize()}", made_up(self.rng), word]
        )
        return [(made + (tail if self.rng.random() < 0.6 else ""), G)]

    def slot_venue(self) -> Sequence[Piece]:
        tail = pick(self.rng, VENUE)
        head = self.rng.choice([
            self.of(self.rng.choice(["english", "italian", "hispanic", "french"]), self.rng.random() < 0.4),
            self.rng.choice(ordinary("en")[300:5000]).capitalize(),
            made_up(self.rng), self.rng.choice(towns()[:3000])[0],
        ])  # fmt: skip
        head += (
            self.rng.choice(["", "", "'s", " Garden", " & Co", " Hill", " Street"]) if self.rng.random() < 0.4 else ""
        )
        return [
            (self.rng.choice(["", "", "", "The ", "La ", "El "]) + head + (tail if tail[:1] == " " else f" {tail}"), G)
        ]

    # What is nobody's -------------------------------------------------------------------------------------------

    def slot_month(self) -> str:
        return self.rng.choice(calendar(self.language)[0]) if self.foreign() else pick(self.rng, MONTHS)

    def slot_day(self) -> str:
        return self.rng.choice(calendar(self.language)[1]) if self.foreign() else pick(self.rng, DAYS)

    def foreign(self) -> bool:
        return self.language in LANGUAGES and self.language != "en"

    def slot_date(self) -> str:
        day, year = self.rng.randint(1, 28), self.rng.randint(1940, 2026)
        month = self.slot_month()
        return self.rng.choice([f"{month} {day}", f"{month} {addresses.ordinal(day)}", f"{day} {month} {year}", f"{month} {day}, {year}", f"{year}-{self.rng.randint(1, 12):02d}-{day:02d}",
                                f"{self.rng.randint(1, 12)}/{day}/{year}", f"{day:02d}.{self.rng.randint(1, 12):02d}.{year}", self.slot_day(), "tomorrow", "today", "next " + pick(self.rng, DAYS)])  # fmt: skip

    def slot_time(self) -> str:
        hour = self.rng.randint(1, 12)
        return self.rng.choice(
            [
                f"{hour} pm",
                f"{hour}:{self.rng.choice(['00', '15', '30', '45'])} {self.rng.choice(['am', 'pm', 'PM'])}",
                f"{hour + 9}:{self.rng.randint(10, 59)}",
                "noon",
                f"{hour}am",
            ]
        )

    def slot_n(self) -> str:
        return str(self.rng.randint(1, 12) if self.rng.random() < 0.7 else self.rng.randint(13, 990))

    def slot_year(self) -> str:
        return str(self.rng.randint(1930, 2026))

    def slot_price(self) -> str:
        amount = (
            f"{self.rng.randint(1, 4)},{digits(self.rng, '###')}"
            if self.rng.random() < 0.2
            else digits(self.rng, self.rng.choice(["%#", "%##", "%#.##", "%"]))
        )
        return self.rng.choice(
            [
                f"${amount}",
                f"${amount}",
                f"{amount} dollars",
                f"£{amount}",
                f"€{amount}",
                f"{amount} EUR",
                f"{amount} bucks",
                f"USD {amount}",
            ]
        )

    def slot_order(self) -> str:
        return (
            digits(
                self.rng,
                self.rng.choice(
                    [
                        "#%#####",
                        "##%####",
                        "ORD-%####",
                        "%########",
                        "INV-%###",
                        "??-%####",
                        "%?#?##",
                        "T-%###",
                        "??%####",
                    ]
                ),
            )
            if self.rng.random() < 0.8
            else "#" + digits(self.rng, "%#####")
        )

    def slot_product(self) -> str:
        return pick(self.rng, PRODUCTS)

    def slot_model(self) -> str:
        """A product by its maker and model, or a maker alone: nobody's name, though it looks like one."""
        maker = pick(self.rng, MAKERS) if self.rng.random() < 0.92 else made_up(self.rng)
        kind = self.rng.random()
        word = pick(self.rng, MODELS) if self.rng.random() < 0.7 else self.slot_W()
        if kind < 0.2:
            return maker
        if kind < 0.35:
            return f"{maker} {digits(self.rng, self.rng.choice(['?#', '?##', '%##', '??-%##', '%#', '%###?', 'M%']))}"
        if kind < 0.75:
            return f"{maker} {word}"
        return f"{maker} {word} {self.rng.choice([pick(self.rng, MODELS), self.slot_W(), digits(self.rng, '%#'), digits(self.rng, 'XT%'), 'Pro', 'Plus', 'Mini', 'II', 'SE'])}"

    def slot_maker(self) -> Sequence[Piece]:
        """A maker or a shop alone, more often than not one that is called like somebody."""
        return [(pick(self.rng, FOUNDERS if self.rng.random() < 0.4 else MAKERS), G)]

    def slot_brandpair(self) -> str:
        """Two words with capitals for what is sold: the maker, or a name for the kind of it, and what it is."""
        first = self.rng.choice([
            pick(self.rng, MAKERS), pick(self.rng, FOUNDERS), made_up(self.rng), self.slot_W(),
            self.rng.choice(THIRD["given"].split()), f"{made_up(self.rng)}-{made_up(self.rng)}",
        ])  # fmt: skip
        second = self.rng.choice([
            pick(self.rng, GOODS), pick(self.rng, GOODS), pick(self.rng, GOODS), pick(self.rng, MODELS),
            f"{self.slot_W()} {pick(self.rng, GOODS)}", f"{pick(self.rng, MODELS)} {pick(self.rng, GOODS)}",
        ])  # fmt: skip
        return f"{first} {second}"

    def slot_menu(self) -> str:
        """What a button, a page or a plan is called."""
        return " ".join(
            pick(self.rng, MENU) if self.rng.random() < 0.7 else self.slot_W() for _ in range(self.rng.randint(1, 3))
        )

    def slot_acr(self) -> str:
        """An abbreviation in capitals."""
        return digits(self.rng, self.rng.choice(["??", "???", "???", "????", "?????"]))

    def slot_dish(self) -> str:
        return f"{self.rng.choice([self.slot_W(), made_up(self.rng), pick(self.rng, DISHES)])} {pick(self.rng, DISHES)}"

    def slot_email(self) -> str:
        given, last, _ = self.person()
        word = "".join(c for c in (given + "." + last).lower() if c.isascii() and (c.isalnum() or c == ".")) or "info"
        return f"{word}@{self.rng.choice(['example.com', 'mail.example.org', 'gmail.com', 'example.net'])}"

    def slot_phone(self) -> str:
        return digits(
            self.rng,
            self.rng.choice(
                [
                    "###-###-####",
                    "(###) ###-####",
                    "+1 ###-###-####",
                    "+44 20 #### ####",
                    "0### ######",
                    "+33 # ## ## ## ##",
                    "##########",
                    "+49 ### #######",
                ]
            ),
        )

    def slot_id(self) -> str:
        return digits(
            self.rng,
            self.rng.choice(
                ["%#######", "?%######", "%###-####-####", "???-######", "%#####################", "??%?##?#%"]
            ),
        )

    def slot_track(self) -> str:
        """A tracking number: nobody's address."""
        return digits(self.rng, self.rng.choice(
            ["1Z###?##########", "??#########GB", "JD0#############", "###############", "%### #### ####", "H00?????##########", "?##-###-####", "T##?##########", "??##?#?##", "%##########", "??#####", "?###??"]
        ))  # fmt: skip

    def slot_hash(self) -> str:
        """The mark of a heading."""
        return "#" * self.rng.randint(1, 4)

    def slot_bullet(self) -> str:
        return self.rng.choice(["-", "*", "-", "•", "1.", "2.", "3.", "a)", "  -", "    -", "10."])

    def slot_airport(self) -> str:
        """Three letters."""
        return self.rng.choice(
            [
                "LAX",
                "JFK",
                "ORD",
                "SFO",
                "ATL",
                "DFW",
                "DEN",
                "SEA",
                "MIA",
                "BOS",
                "PHX",
                "IAH",
                "LAS",
                "MCO",
                "EWR",
                "CLT",
                "MSP",
                "DTW",
                "PHL",
                "LGA",
                digits(self.rng, "???"),
            ]
        )

    def slot_pnr(self) -> str:
        """A reservation code."""
        return "".join(self.rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(6))

    def slot_job(self) -> str:
        if self.language in JOBS_IN and self.rng.random() < 0.7:
            return pick(self.rng, JOBS_IN[self.language])
        if self.rng.random() < 0.4:
            return pick(self.rng, JOBS)
        parts = (pick(self.rng, GRADES), pick(self.rng, FIELDS), pick(self.rng, ROLES))
        return " ".join(part for part in parts if part)

    def slot_practice(self) -> str:
        return pick(self.rng, TYPES)

    def slot_w(self) -> str:
        language = self.language if self.language in EVERYDAY else "en"
        words = ordinary(language)
        word = words[min(int(self.rng.expovariate(1 / 900)), len(words) - 1)]
        return word.capitalize() if language == "de" and len(word) > 3 and self.rng.random() < 0.35 else word

    def rare_w(self) -> str:
        """Any everyday word, be it one of the most frequent or not."""
        return self.rng.choice(
            ordinary(self.language)[:20_000] if self.language in EVERYDAY else prose_words(self.language)
        )

    def slot_W(self) -> str:
        return self.slot_w().capitalize()

    def slot_words(self) -> str:
        return " ".join(self.slot_w() for _ in range(self.rng.randint(2, 6)))

    def slot_titlecase(self) -> str:
        return " ".join(self.slot_W() for _ in range(self.rng.randint(2, 4)))

    # Texts ------------------------------------------------------------------------------------------------------

    def fill(self, template: str) -> list[Piece]:
        pieces: list[Piece] = []
        for part in re.split(r"(\{\w+\})", chosen(template, self.rng)):
            if part.startswith("{") and part.endswith("}"):
                made = self.slots[part[1:-1]]()
                pieces += [(made, O)] if isinstance(made, str) else list(made)
            elif part:
                pieces.append((part.replace("\\n", "\n").replace("\\t", "\t"), O))
        return pieces

    def sentence(self, language: str) -> list[Piece]:
        self.language = language
        chat = language == "en" and self.rng.random() < CHATS
        template = self.rng.choice(chats() if chat else sentences(language))
        if template.startswith("_ "):
            return [(text.lower(), label) for text, label in self.fill(template[2:])]
        if template.startswith("^ "):
            return [(shouted(text), label) for text, label in self.fill(template[2:])]
        return self.fill(template)

    def noise(self) -> list[Piece]:
        """Everyday words of a language one after the other: nobody is named in them."""
        chance = self.rng.random()
        self.language = "en" if chance < 0.4 else self.rng.choice([*EVERYDAY, "de", "de"] if chance < 0.7 else PROSE)
        drawn = self.rare_w if self.language not in EVERYDAY or self.rng.random() < 0.4 else self.slot_w
        words = [drawn() for _ in range(self.rng.randint(3, 14))]
        kind = self.rng.random()
        if kind < 0.25:
            words = [word.capitalize() if len(word) > 3 and self.rng.random() < 0.6 else word for word in words]
        elif kind < 0.32:
            words = [word.upper() for word in words]
        elif self.language == "de":
            words = [word.capitalize() if len(word) > 3 and self.rng.random() < 0.4 else word for word in words]
        if kind < 0.7:
            words[0] = words[0].capitalize()
        return [(" ".join(words) + self.rng.choice([".", ".", "?", "!", ":", ""]), O)]

    def interface(self, language: str) -> list[Piece]:
        """A sentence of a program to its users; what the program puts into it is somebody's name now and then."""
        self.language = language.partition("-")[0]
        pieces: list[Piece] = []
        for part in re.split(r"(\{\})", self.rng.choice(prose(language))):
            pieces += self.value() if part == "{}" else [(self.varied(part), O)]
        return pieces

    def varied(self, text: str) -> str:
        """The text with other words of its language in a third of the places: programs speak of few things."""
        if self.language not in EVERYDAY:
            return text
        return re.sub(
            r"(?<=[ (])[^\W\d_]{4,}", lambda word: self.other(word[0]) if self.rng.random() < 0.35 else word[0], text
        )

    def other(self, word: str) -> str:
        return self.rare_w().capitalize() if word.istitle() else self.rare_w()

    def value(self) -> Sequence[Piece]:
        """What programs put into their sentences."""
        kind = self.rng.random()
        if kind < 0.12:
            return [(self.full(), P)]
        if kind < 0.25:
            return self.slot_city() if kind < 0.18 else self.slot_country()
        made = (
            self.slot_n
            if kind < 0.4
            else self.slot_W
            if kind < 0.6
            else self.slot_product
            if kind < 0.8
            else self.slot_model
        )
        return [(made(), O)]

    def dialogue(self) -> list[Piece]:
        """Sentences of programs in any language, between some of our own."""
        language = self.rng.choice([*PROSE, "de", "de", "de", "es", "fr"])
        own = language.partition("-")[0]
        pieces = self.interface(language)
        said = self.rng.random()
        if said < 0.12:
            pieces = [
                (self.full() if said < 0.07 else self.person()[0], P),
                (self.rng.choice([": ", ", ", ":\n", " - "]), O),
                *pieces,
            ]
        elif said < 0.2:
            pieces = [*pieces, (self.rng.choice(["\n", "\n\n", " - ", "\n-"]), O), (self.full(), P)]
        while self.rng.random() < 0.45:
            more = self.sentence(own) if own in LANGUAGES and self.rng.random() < 0.6 else self.interface(language)
            pieces = [*pieces, (self.rng.choice([" ", " ", "\n", "\n\n", " - "]), O), *more]
        return pieces

    def profile(self) -> list[Piece]:
        """A JSON profile the way detectors see it, `key: value` with NUL between, or as JSON."""
        self.language = "en"
        lines = addresses.lines(self.rng, self.country_code())
        given, last, _ = self.person()
        rows: list[tuple[str, str, int]] = [
            (self.rng.choice(["first_name", "firstName", "given_name"]), given, P), (self.rng.choice(["last_name", "lastName", "surname", "family_name"]), last, P),
            (self.rng.choice(["name", "full_name", "customer_name", "recipient", "passenger", "cardholder", "contact"]), self.full(), P),
            (self.rng.choice(["address1", "street", "address", "line1", "street_address", "shipping_address"]), lines[0], A),
            ("city", addresses.town(self.rng, "US"), A), ("state", self.rng.choice(addresses.states())[1], A), (self.rng.choice(["zip", "postal_code", "postcode"]), addresses.postcode(self.rng, "US"), A),
            ("country", pick(self.rng, addresses.COUNTRY["US"]), A), ("email", self.slot_email(), O), ("phone", self.slot_phone(), O),
            ("order_id", self.slot_order(), O), ("status", self.rng.choice(["shipped", "delivered", "pending", "Active", "gold"]), O), ("membership", self.rng.choice(["gold", "silver", "regular"]), O),
            ("product_name", self.slot_product(), O), ("origin", digits(self.rng, "???"), O), ("destination", digits(self.rng, "???"), O), ("cabin", "economy", O),
            ("plan", self.slot_titlecase(), O), ("note", self.slot_words(), O), ("created_at", self.slot_date(), O), ("insurance", "no", O), ("airline", pick(self.rng, BRANDS), G),
            ("flight_type", "one_way", O), ("city", addresses.town(self.rng, "US"), L), (self.slot_airport(), addresses.town(self.rng, "US"), L),
            (self.slot_airport(), addresses.town(self.rng, "US"), L), ("reservations", self.slot_pnr(), O), ("flight_number", digits(self.rng, "HAT###"), O), ("dob", self.slot_date(), O),
            ("title", self.slot_titlecase(), O), ("category", self.slot_W(), O), ("item", self.slot_product(), O), ("options", self.slot_words(), O), ("payment_id", digits(self.rng, "credit_card_%######"), O),
        ]  # fmt: skip
        picked = sorted(self.rng.sample(range(len(rows)), self.rng.randint(3, 9)))
        kind = self.rng.random()
        pieces: list[Piece] = []
        for index in picked:
            key, value, label = rows[index]
            if kind < 0.6:
                pieces += [(f"{key}: ", O), (value, label), ("\x00", O)]
            elif kind < 0.8:
                pieces += [(f'"{key}": "', O), (value, label), ('", ', O)]
            else:
                shown = key.replace("_", " ").capitalize()
                mark = self.rng.choice([": ", ":\n", " - ", ": "])
                pieces += [(shown + mark, O), (value, label), ("\n", O)]
        return pieces

    def text(self) -> list[Piece]:
        """A text as its pieces."""
        kind = self.rng.random()
        if kind < 0.08:
            return written(self.profile(), self.rng)
        if kind < 0.15:
            return written(self.noise(), self.rng)
        if kind < 0.41:
            return written(self.dialogue(), self.rng)
        language = self.rng.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        pieces = self.sentence(language)
        while self.rng.random() < 0.42:
            joint = self.rng.choice([" ", " ", " ", "\n", ". ", " - ", "\n\n"])
            more = self.noise() if self.rng.random() < 0.18 else self.sentence(language)
            pieces = [*pieces, (joint, O), *more]
        return written(pieces, self.rng)


LANGUAGES = {
    "en": 62, "de": 5, "fr": 5, "es": 5, "it": 3, "nl": 3, "pt": 3, "pl": 3, "tr": 2, "sv": 2, "ru": 2, "ar": 1.2, "zh": 3.2,
    "ja": 3.6, "ko": 3.2, "hi": 1, "el": 0.8, "da": 1, "nb": 1, "fi": 1, "cs": 1, "hu": 1, "ro": 1, "uk": 1, "id": 0.8, "vi": 0.8,
    "he": 0.8,
}  # fmt: skip


CHATS = 0.07
"""Share of English sentences that are taken from chats without capitals alone."""


@cache
def sentences(language: str) -> list[str]:
    path = Path(__file__).parent / "templates" / f"{language}.txt"
    return [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith(";;")
    ]


@cache
def chats() -> list[str]:
    """The templates of English chats without capitals."""
    return [line for line in sentences("en") if line.startswith("_ ")]


_CHOICE = re.compile(r"\(([^()]*)\)")


def chosen(template: str, rng: random.Random) -> str:
    """The template with one of each `(this|or that)` taken, innermost first."""
    while "(" in template:
        made = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), template)
        if made == template:
            break
        template = made
    return template.replace("<<", "(").replace(">>", ")")


def written(pieces: list[Piece], rng: random.Random) -> list[Piece]:
    """As people write: some in lower case, in capitals, with slips."""
    kind = rng.random()
    if kind < 0.24:
        pieces = [(text.lower(), label) for text, label in pieces]
    elif kind < 0.30:
        pieces = [(shouted(text), label) for text, label in pieces]
    elif kind < 0.34:
        pieces = [(shouted(text) if label == P else text, label) for text, label in pieces]
    elif kind < 0.38:
        pieces = [(text.lower() if label else text, label) for text, label in pieces]
    elif kind < 0.41:
        pieces = [(text.title() if not label else text, label) for text, label in pieces]
    if rng.random() < 0.1:
        pieces = [(slip(text, rng), label) for text, label in pieces]
    if rng.random() < 0.15 and pieces[-1][1] == O:
        pieces[-1] = (pieces[-1][0].rstrip(".!?"), O)
    return [piece for piece in pieces if piece[0]]


def shouted(text: str) -> str:
    """In capitals, unless that takes more letters."""
    return text.upper() if len(text.upper()) == len(text) else text


def bare(name: str) -> str:
    """A name without the marks on its letters, as it is often typed."""
    flat = name.replace("Đ", "D").replace("đ", "d")
    return "".join(char for char in unicodedata.normalize("NFD", flat) if not unicodedata.combining(char))


def slip(text: str, rng: random.Random) -> str:
    """One slip of the keys now and then: a letter gone, doubled, or swapped with the next."""
    out = []
    for word in text.split(" "):
        slipped = word
        if len(word) > 4 and word.isalpha() and rng.random() < 0.12:
            at = rng.randint(1, len(word) - 2)
            slipped = rng.choice(
                [
                    word[:at] + word[at + 1 :],
                    word[:at] + word[at] + word[at:],
                    word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                ]
            )
        out.append(slipped)
    return " ".join(out)


def texts(count: int, seed: int) -> Iterator[list[Piece]]:
    writer = Writer(seed)
    for _ in range(count):
        yield writer.text()


def main() -> None:
    """Prints some texts with their labels."""
    for pieces in texts(60, 7):
        print(
            json.dumps(
                "".join(f"[{'?PALG'[label]}:{text}]" if label else text for text, label in pieces), ensure_ascii=False
            )
        )


if __name__ == "__main__":
    main()
