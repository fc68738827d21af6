"""Tillgänglighet: the accessibility statement, in the form that lag (2018:1937) asks for."""

import streamlit as st

from ui import layout

layout.titled("Tillgänglighet: tjänsten är delvis förenlig med lagen")
st.markdown(
    """
Den som använder samverkan svarar för tjänsten i sin organisation. Den här sidan beskriver hur
samverkan uppfyller lagen om tillgänglighet till digital offentlig service (2018:1937), vilka kända
brister som finns och hur du rapporterar fler.

## Hur tillgänglig är tjänsten?

Tjänsten är **delvis förenlig** med lagen, på grund av bristerna nedan.

## Vad du kan göra om du inte kan använda delar av tjänsten

Kontakta den som ansvarar för samverkan i din organisation. Samma uppgifter finns som Excel, CSV,
Word och taggad PDF, och på kommandoraden.

## Rapportera brister

Säg till den som ansvarar för samverkan i din organisation om du hittar problem som inte beskrivs
här, eller om du anser att lagens krav inte uppfylls.

## Tillsyn

Myndigheten för digital förvaltning, DIGG, ansvarar för tillsynen. Om du inte är nöjd med hur dina
synpunkter hanteras kan du anmäla det till DIGG.

## Teknisk information

Tjänsten prövas mot WCAG 2.1, nivå AA, och EN 301 549.

### Innehåll som inte är tillgängligt

- Diagrammens punkter går inte att nå en och en med tangentbord. Varje diagram har en text som säger
  vad det visar, och sina siffror som tabell.

## Hur vi har testat

Varje sida prövas vid varje ändring med axe i en riktig webbläsare, på bred skärm och telefon, med
och utan uppgifter, ljust och mörkt. Ingen brist godtas, hur liten den än är. Kontraster räknas i
tester.

Redogörelsen uppdaterades 2026-11-26.
"""
)
