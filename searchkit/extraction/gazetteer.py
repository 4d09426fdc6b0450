"""Places by their names: the little that is needed to tell a town from an event, a building or an outlet.

A table of names that occur in datelines, headers and file names; not a map of the world.  A place that is not here is
found where the text marks it as one: "held in …", "…, TN", "SHUSHA, June 15 —".
"""

from __future__ import annotations

__all__ = ["CITIES", "COUNTRIES", "STATES"]

STATES = {
    # as file names and datelines write them -> in full
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "PR": "Puerto Rico",
}  # fmt: skip
"""States of the USA."""

COUNTRIES = frozenset(
    """
    afghanistan albania algeria argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium
    bosnia brazil britain bulgaria cambodia canada chile china colombia croatia cuba cyprus czechia denmark egypt
    england estonia ethiopia finland france georgia germany ghana greece hungary iceland india indonesia iran iraq
    ireland israel italy japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon libya lithuania
    luxembourg malaysia malta mexico moldova mongolia montenegro morocco myanmar nepal netherlands nigeria norway
    oman pakistan palestine peru philippines poland portugal qatar romania russia rwanda scotland senegal serbia
    singapore slovakia slovenia somalia spain sudan sweden switzerland syria tajikistan tanzania thailand tunisia
    turkey turkiye turkmenistan uganda ukraine uk uruguay us usa uzbekistan venezuela vietnam wales yemen zambia
    zimbabwe
    """.split()
)
"""Countries by one word, folded: "in Baku, Azerbaijan" names one city, and its country."""

CITIES = frozenset(
    """
    amsterdam ankara astana athens baghdad baku beijing beirut berlin bern bishkek boston brasilia brussels bucharest
    budapest cairo canberra chicago copenhagen damascus delhi dublin geneva hague hanoi havana helsinki istanbul
    jakarta jerusalem kabul kyiv kiev lisbon london madrid manila minsk moscow mumbai nairobi oslo ottawa paris prague
    riyadh rome seoul shanghai shusha sofia stockholm strasbourg sydney tallinn tashkent tbilisi tehran tokyo vienna
    vilnius warsaw washington yerevan zurich africa america asia europe texas florida california ohio virginia
    """.split()
)
"""Capitals and seats, by one word, folded: "Washington said" names no person."""
