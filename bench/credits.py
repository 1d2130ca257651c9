"""A wiki of credits: five series, who played whom and who did what in each episode, all of it invented.

`wiki(episodes)` is a pure function. With 900 episodes there are 2,300 people and 55,000 credits; with fewer, as many in
proportion. A few people have a credit in every episode, most have a handful, as in the wikis of real series.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus import SYLLABLES, sentence, vocabulary

EPISODES, PEOPLE = 900, 2300
SEED = 20260301
PER_SEASON, SEASONS = 20, 9
CAST, CREW, RECURRING = 15, 45, 20
"""The people of a series, and those who come back within one season."""
MAIN, BACK, GUESTS, BEHIND = 12, 8, 12, 28
"""So many of each are credited in an episode: 61 with the creator, who is in all of them."""
ONE_MORE = 9
"""Each ninth episode has one guest more."""
JOBS = """
    Director Writer Editor Composer Producer Co-producer Gaffer Colourist Choreographer Cinematographer Mixer
    Set-designer Costumer Caster Carpenter Driver Location-scout
""".split()  # noqa: SIM905 – as in corpus.py
PLAYED = ("a judge", "a witness", "a doctor", "a reporter", "a neighbour", "a guard")
FIRST_DAY = date(2001, 9, 3)


@dataclass(frozen=True, slots=True)
class Episode:
    """Where an episode stands in its series, counted from 1; `number` counts all episodes of the wiki."""

    title: str
    show: str
    season: int
    place: int
    number: int

    @property
    def season_id(self) -> str:
        return f"{self.show}-s{self.season:02}"

    @property
    def path(self) -> str:
        """Its file."""
        return f"content/episodes/{self.season_id}e{self.place:02}.md"

    @property
    def slug(self) -> str:
        """The address of its page below /series/."""
        return f"{self.show}/s{self.season:02}e{self.place:02}"


@dataclass(frozen=True, slots=True)
class Wiki:
    """files: path in the project -> text."""

    files: dict[str, str]
    episodes: tuple[Episode, ...]
    people: int


@dataclass(frozen=True, slots=True)
class _Invented:
    """What all texts are made of. `guests` gives everybody a turn."""

    rng: random.Random
    words: Sequence[str]
    names: Sequence[str]
    people: Sequence[str]
    characters: Iterator[str]
    guests: Iterator[str]


@dataclass(frozen=True, slots=True)
class _Company:
    """Who makes a series: parts are people with their characters, posts are people with their jobs."""

    parts: Sequence[tuple[str, str]]
    posts: Sequence[tuple[str, str]]


def wiki(episodes: int = EPISODES) -> Wiki:
    """A wiki with so many episodes."""
    rng = random.Random(SEED)
    seasons = -(-episodes // PER_SEASON)
    series = -(-seasons // SEASONS)
    count = max(PEOPLE * episodes // EPISODES, 2 * (CAST + CREW))
    names = _names(rng, count + series * CAST + seasons * RECURRING)
    people, characters = names[:count], names[count:]
    guests = itertools.cycle(rng.sample(people[1:], count - 1))
    made = _Invented(rng, vocabulary(rng), names, people, iter(characters), guests)
    files = {f"content/people/{_id(name)}.md": _record(made, name) for name in people}
    files |= {f"content/characters/{_id(name)}.md": _record(made, name) for name in characters}
    listed: list[Episode] = []
    for number in range(series):
        name = f"The {rng.choice(made.words).title()} {_name(rng, 3)}"
        files[f"content/series/{_id(name)}.md"] = _record(made, name, f"number: {number + 1}\n")
        company = _company(made)
        for season in range(1, min(SEASONS, seasons - SEASONS * number) + 1):
            first = len(listed)
            length = min(PER_SEASON, episodes - first)
            titles = [" ".join(rng.sample(made.words, 2)).capitalize() for _ in range(length)]
            own = [
                Episode(f"{title} {first + place}", _id(name), season, place, first + place)
                for place, title in enumerate(titles, 1)
            ]
            files |= _season(made, company, own)
            listed += own
    return Wiki(files, tuple(listed), count)


def _company(made: _Invented) -> _Company:
    chosen = made.rng.sample(made.people[1:], CAST + CREW)
    return _Company(
        list(zip(chosen, itertools.islice(made.characters, CAST), strict=False)),
        list(zip(chosen[CAST:], itertools.cycle(JOBS), strict=False)),
    )


def _season(made: _Invented, company: _Company, episodes: Sequence[Episode]) -> dict[str, str]:
    """The files of a season: its record, the source of all its credits, and its episodes."""
    first = episodes[0]
    own = first.season_id
    regular = {person for person, _ in (*company.parts, *company.posts)}
    guests = (each for each in made.guests if each not in regular)
    back = dict(zip(itertools.islice(guests, RECURRING), made.characters, strict=False))
    files = {
        f"content/seasons/{own}.md": f"---\nseries: {first.show}\nnumber: {first.season}\n---\n",
        f"content/sources/{own}.yaml": f"{own}: {{title: The credits of {own}}}\n",
    }
    for episode in episodes:
        invited = GUESTS + (episode.number % ONE_MORE == 0)
        once = itertools.islice((each for each in guests if each not in back), invited)
        credited = [
            *_played(made.rng.sample(company.parts, MAIN), "main"),
            *_played(made.rng.sample(list(back.items()), BACK), "recurring"),
            *(f"person: {_id(each)}, as: {made.rng.choice(PLAYED)}, billing: guest" for each in dict.fromkeys(once)),
            f"person: {_id(made.people[0])}, job: Creator",
            *(f"person: {_id(who)}, job: {job}" for who, job in made.rng.sample(company.posts, BEHIND)),
        ]
        aired = FIRST_DAY + timedelta(weeks=episode.number)
        fields = f"season: {own}\nnumber: {episode.place}\naired: {{value: {aired}, source: [{own}]}}\ncredits:\n"
        fields += "".join(f"  - {{{each}, source: [{own}]}}\n" for each in credited)
        files[episode.path] = _record(made, episode.title, fields)
    return files


def _played(parts: Sequence[tuple[str, str]], billing: str) -> list[str]:
    return [f"person: {_id(person)}, character: {_id(character)}, billing: {billing}" for person, character in parts]


def _names(rng: random.Random, count: int) -> list[str]:
    """So many names of two words, no two alike."""
    first = sorted({_name(rng, 2) for _ in range(400)})
    last = sorted({_name(rng, 3) for _ in range(1500)})
    return [f"{one} {other}" for one, other in rng.sample(list(itertools.product(first, last)), count)]


def _name(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choices(SYLLABLES, k=syllables)).capitalize()


def _id(name: str) -> str:
    return name.lower().replace(" ", "-")


def _record(made: _Invented, title: str, fields: str = "") -> str:
    """A record with four paragraphs, and six links by name in them."""
    rng = made.rng
    paragraphs = [
        " ".join(f"{sentence(rng, made.words, 12)} So does [[{rng.choice(made.names)}]]." for _ in range(2))
        for _ in range(3)
    ]
    text = "\n\n".join([*paragraphs, sentence(rng, made.words, 16)])
    return f"---\ntitle: {title}\nsummary: What is known of {title}.\n{fields}---\n\n{text}\n"
