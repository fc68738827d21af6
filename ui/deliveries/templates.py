"""Excel templates to fill in, one for each export."""

import streamlit as st

from loaders.answering import templates
from machine import scratch
from pipeline import exports
from ui import layout


def section() -> None:
    """Let the reader choose an export and take its template."""
    layout.finding(
        "Har du ingen export men siffrorna på annat håll? Fyll i en mall och släpp den ovanför."
    )
    titles = {export.key: export.title for export in exports()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Mall för", list(titles), format_func=lambda key: titles[key], key="template", width=420
        )
        st.download_button(
            "Ladda ner mallen",
            lambda: template(chosen),
            file_name=f"mall {chosen}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key="template-file",
            on_click="ignore",
            icon=":material/download:",
        )


def template(key: str) -> bytes:
    """The template of the export with this key; raises KeyError where there is none."""
    export = {export.key: export for export in exports()}[key]
    with scratch.folder() as folder:
        target = folder / "template.xlsx"
        templates.write(export, target)
        return target.read_bytes()
