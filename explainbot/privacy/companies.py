"""Companies that customers write of every day and that are hardly anybody's name.

A bot has to know which shop, bank or network is meant. Those that people are called as well, such as Renault, Dyson,
Zara or Chase, are not among them. The list is made by hand, of card networks, carriers, banks, shops, makers, networks,
airlines and platforms.
"""

from __future__ import annotations

COMPANIES = frozenset(
    """
    visa maestro amex unionpay
    evri yodel inpost correos seur bpost postnl gls ups
    monzo revolut clearpay natwest lloyds barclays bbva mbank nubank bradesco coinbase paytm phonepe
    vinted depop etsy asos boohoo shein temu primark uniqlo superdry bershka stradivarius swarovski sephora
    tesco asda waitrose morrisons ocado lidl carrefour mercadona esselunga conad biedronka intermarché currys dunelm
    wayfair mediamarkt decathlon fnac darty cdiscount conforama coolblue trendyol hepsiburada flipkart myntra
    tefal sonos fitbit garmin huawei xiaomi oppo nokia motorola lenovo asus acer logitech nespresso delonghi
    vodafone giffgaff lebara lycamobile movistar bouygues telekom turkcell airtel jio safaricom
    trivago skyscanner expedia tripadvisor lufthansa ryanair easyjet vueling europcar radisson
    uber lyft deliveroo doordash glovo swiggy zomato ifood rappi
    shopify zendesk dropbox canva trustpilot hyundai volkswagen
    """.split()
)
