"""Words that make a row of capitals the name of a thing: what is sold, what is built, and where it lies."""

from __future__ import annotations

PRODUCTS = frozenset(
    """
    google assistant/chatgpt
    johnnie walker/earl grey/lady grey/cabernet sauvignon/pinot noir/garam masala
    dr pepper/dr. pepper/mr muscle/mr clean/mr kipling/dr martens/dr. martens/dr. oetker/dr oetker
    aunt jemima/tim hortons/olive garden/ray-ban/calvin klein/hugo boss/tommy hilfiger
    ralph lauren/giorgio armani/michael kors/kate spade/tory burch/jimmy choo/louis vuitton/christian dior/coco chanel
    estée lauder/harris tweed/jack wolfskin/helly hansen
    massimo dutti/max mara/harley davidson/harley-davidson/aston martin/land rover/rolls royce/alfa romeo/john deere
    hyatt/wyndham/marriott/sheraton/radisson
    herman miller/russell hobbs/le creuset/albert heijn/fisher price/wells fargo/morgan stanley
    """.replace("\n", "/")
    .replace("    ", "")
    .strip("/")
    .split("/")
)
"""What is sold under a name that is hardly anybody's: assistants, drinks, brands."""

ASSISTANTS = frozenset("alexa bixby cortana siri".split())
"""Assistants with a name that people have, too: somebody's with a surname behind it."""

BUILT = frozenset(
    """
    airport amphitheater amphitheatre apartments aquarium arena auditorium bakery ballpark ballroom bistro boulevard
    brasserie brewery brewing building cafe cafeteria café casino cathedral center centre cinema cinemas clinic club
    coliseum colosseum condominiums condos courthouse courtyard diner district embassy fairgrounds festival gallery
    gardens golf grill gymnasium heights hospital hostel hotel hotels house inn institute izakaya junction kitchen lab
    library lodge lounge mall marathon market memorial monument mosque motel museum observatory opera orchestra palace
    pavilion penthouse philharmonic pizzeria planetarium playhouse plaza pub racecourse ranch residences resort
    restaurant ristorante salon school speedway springs stadium station steakhouse studio suites supermarket sushi
    symphony synagogue taqueria tavern temple terminal theater theatre tournament towers trattoria trophy university
    wharf winery wok yard zoo
    """.split()
)
"""What is built or held, and hardly anybody's surname."""

SOLD = frozenset(
    """
    ale backpack biscuits blazer blender blouse boots bracelet brownie burger burgers burrito cabernet candle cardigan
    champagne chardonnay charger chocolate cider cologne conditioner cookie cookies croissant curry dishwasher dress
    drill dumplings earbuds earrings espresso fries gloves hair hairdryer headphones headset heels helmet hoodie
    jacket jeans jumper kettle keyboard lager laptop lasagna latte leggings lemonade lipstick loafers lotion macchiato
    margarita martini mattress merlot microwave mojito moisturizer mower necklace noodles nuggets omelette pajamas
    pancakes pants parfum pasta perfume pesto pilsner pinot pizza polish prosecco quilt racket ramen raincoat riesling
    risotto router rug salad sandals sandwich sauce scarf scooter serum shampoo shiraz shirt shoes shorts skirt
    smartphone smoothie sneakers soap sofa soundbar soup speaker sponge steak stew stout sunglasses sweater sweatshirt
    tablet taco tacos tee tequila toaster tote toothbrush trainers trousers tumbler vacuum vodka waffle wallet watch
    whiskey whisky wrap yogurt
    """.split()
)
"""What is sold, eaten and worn, and hardly anybody's surname."""

SURNAMES = frozenset("burger champagne curry grill house kitchen lodge mall stout temple".split())
"""Of what is built or sold, what is a surname, too: somebody's behind given names alone."""

BUILT_TOO = frozenset(
    """
    abbey arms bar bay beach bridge castle chapel church college court creek cross cup drive falls farm farms field
    fields forum garden gate gates green grove hall hill hills island lake lakes lane league manor mission mountain
    park parks place point pool ridge river road room school spa square street tower valley village walk wood woods
    """.split()
)
"""What is built or lies somewhere and is a surname, too: nobody's behind a word that is no given name."""

FIRMS = frozenset("Associates Group Inc LLC Ltd GmbH Corp Corporation Holdings Industries Housing Foundation".split())
"""What companies are called last."""

CITIES = frozenset(
    """
    london sydney singapore melbourne berlin toronto chicago rome houston paris phoenix philadelphia dallas birmingham
    austin columbus charlotte seattle denver washington vancouver boston portland detroit baltimore hamilton manchester
    atlanta miami tampa cleveland oakland orlando vienna milan florence dublin delhi lima nairobi cairo madrid lisbon
    """.split()
)
"""Large towns that are everyday words, or somebody's name, by the lexicon."""

SHOWN = frozenset(
    """
    amphitheater amphitheatre arena bar beer cafe café center centre cinema club hall hotel inn lounge museum park plaza
    restaurant stadium theater theatre zoo
    """.split()
)
"""Where somebody plays, eats or sits rather than works."""

OF_TOWNS = frozenset("san santa saint st los las fort port mount".split())
"""What the names of towns begin with, and no one's."""
