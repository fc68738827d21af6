"""The commands of the keys that programs use the API with."""

from typing import Annotated

import typer

from commands.terminal import WRONG, fail

_WHAT = {"read": "läsa tal", "deliver": "lämna filer", "metrics": "läsa /metrics"}


def make(
    name: Annotated[str, typer.Argument(metavar="NAMN", help="Vad nyckeln är till för.")],
    may: Annotated[
        list[str], typer.Option("--may", help="read, deliver eller metrics; flera går bra.")
    ],
    area: Annotated[
        list[str] | None, typer.Option("--area", help="Området filerna är av; annars alla.")
    ] = None,
    days: Annotated[int, typer.Option(help="Så många dagar gäller den, högst 366.")] = 90,
) -> None:
    """Gör en nyckel till API:et. Den visas en gång."""
    import reference
    from warehouse.journal import tokens

    if wrong := [one for one in may if one not in _WHAT]:
        fail(f"'{wrong[0]}' finns inte. Välj bland {', '.join(_WHAT)}.", WRONG)
    if not 1 <= days <= tokens.LONGEST:
        fail(f"En nyckel gäller mellan 1 och {tokens.LONGEST} dagar.", WRONG)
    if not name.strip():
        fail("En nyckel ska ha ett namn: vad den är till för.", WRONG)
    if area and "deliver" not in may:
        fail("--area gäller filer som lämnas (--may deliver); alla läser alla områden.", WRONG)
    areas = []
    for asked in area or []:
        key = reference.find_place(asked, level="area")
        if key is None:
            keys = ", ".join(one.key for one in reference.areas())
            fail(f"Okänt område '{asked}'. Välj bland {keys}.", WRONG)
        areas.append(key)
    scopes = [tokens.Scope(one) for one in dict.fromkeys(may)]
    print(tokens.make(name=name, scopes=scopes, areas=areas, days=days))
    print("Spara nyckeln nu: den visas inte igen. Skicka den i huvudet Authorization: Bearer …")


def listed() -> None:
    """Visa nycklarna till API:et, senast först; aldrig vad som står i dem."""
    from datetime import datetime

    import reference
    from access.checks import require
    from access.rights import EVERY, Act
    from swedish import typography
    from warehouse.journal import known, tokens

    require(Act.TOKENS)
    for one in tokens.made():
        if one.revoked_at:
            state = f"återkallad {one.revoked_at:%Y-%m-%d}"
        else:
            ended = not one.lives(datetime.now())
            state = f"{'gick ut' if ended else 'gäller till'} {one.expires_at:%Y-%m-%d}"
        what = ", ".join(_WHAT[scope] for scope in one.scopes)
        if EVERY not in one.areas:
            names = [reference.place_name("area", area) for area in one.areas]
            what += f" för {typography.enumerate_words(names)}"
        print(f"{one.id}  {one.name}: {what}; {state}; gjord av {known.shown(one.made_by)}")


def revoke(
    token: Annotated[str, typer.Argument(metavar="NYCKEL", help="Numret i samverkan token list.")],
) -> None:
    """Återkalla en nyckel. Den slutar gälla genast."""
    from warehouse.journal import tokens

    try:
        tokens.revoke(token)
    except KeyError:
        fail(f"Ingen nyckel {token} gäller. Se samverkan token list.", WRONG)
    print(f"Nyckeln {token} är återkallad.")
