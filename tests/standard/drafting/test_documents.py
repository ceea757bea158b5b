"""Files of written standards: text in any encoding, Word, PDF, and what is none of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from rexian.standard.adapters.documents.errors import UnreadableDocument
from rexian.standard.adapters.documents.reading import read_document
from rexian.standard.domain.drafting.blocks import Block, Document, Table
from rexian.standard.domain.drafting.drafts import NoClauses, draft_of
from tests.standard.drafting.papers import (
    FERRY,
    LIBRARY,
    TAXI,
    numbered,
    paragraph,
    pdf_file,
    word_file,
    word_table,
)


def texts(found: Document) -> list[str]:
    return [one.text for one in found.pieces if isinstance(one, Block)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FERRY, "utf-8"),
        (FERRY, "utf-8-sig"),
        (FERRY, "gb18030"),
        (FERRY, "utf-16"),
        (FERRY, "utf-16-le"),
        (TAXI, "big5hkscs"),
    ],
)
def test_a_text_is_read_in_any_encoding_of_chinese(text: str, encoding: str) -> None:
    found = read_document("规范.txt", text.encode(encoding))
    assert texts(found)[0] == text.splitlines()[0]


def test_numbers_that_word_counts_by_itself_are_read() -> None:
    levels = (
        ("chineseCountingThousand", "第%1条"),
        ("chineseCounting", "（%2）"),
        ("bullet", "•"),
    )
    described = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (style, text) in enumerate(levels)
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{described}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    body = (
        paragraph("客服管理规定")
        + numbered("接听来电应当迅速。")
        + numbered("通话应当：")
        + numbered("先问候客户；", 1)
        + numbered("后核对来意；", 1)
        + numbered("面带微笑", 2)
        + numbered("投诉应当在两小时内答复。")
    )
    found = draft_of(read_document("a.docx", word_file(body, numbering)), prefix="AB")
    assert [one.id for one in found.clauses] == ["AB-1", "AB-2", "AB-2.1", "AB-2.2", "AB-3"]
    assert found.clauses[3].read.text() == "后核对来意；面带微笑"
    assert found.clauses[4].read.spot.paragraph == 7


def test_headings_of_word_are_chapters_and_struck_out_words_are_gone() -> None:
    styles = (
        '<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    )
    body = (
        paragraph("服务规范")
        + paragraph("接听 1", '<w:pStyle w:val="T"/>')
        + paragraph("接听", '<w:pStyle w:val="H"/>')
        + "<w:p><w:r><w:t>须在三声</w:t></w:r><w:del><w:r><w:delText>五声</w:delText></w:r></w:del>"
        "<w:r><w:t>内接听。</w:t></w:r></w:p>"
    )
    found = draft_of(read_document("a.docx", word_file(body, styles=styles)), prefix="AB")
    assert [(one.read.heading, one.read.text()) for one in found.clauses] == [
        ("接听", "须在三声内接听。")
    ]


def test_a_table_of_word_gives_a_clause_for_each_row_and_wording_by_its_columns() -> None:
    rows = [
        ("序号", "情景", "规范用语", "禁用语"),
        ("1", "接听来电", "您好，请讲。", "喂，谁啊"),
        ("2", "需要查询", "请您稍等，我帮您查询", "等着"),
    ]
    body = paragraph("服务用语规范") + paragraph("一、用语") + word_table(rows)
    found = draft_of(read_document("a.docx", word_file(body)), prefix="AB")
    clauses = {one.id: one for one in found.clauses}
    assert {one.text: str(one.stance) for one in clauses["AB-1.1"].wordings} == {
        "您好，请讲。": "say",
        "喂，谁啊": "never",
    }
    assert (
        clauses["AB-1.1"].read.text() == "情景：接听来电；规范用语：您好，请讲。；禁用语：喂，谁啊"
    )
    spot = clauses["AB-1.2"].wordings[0].spot
    assert (spot.table, spot.row, spot.column) == (1, 3, 3)


def test_margins_and_broken_lines_of_a_pdf_are_mended() -> None:
    lines = [part for line in LIBRARY.splitlines()[1:] for part in re.findall(".{1,24}", line)]
    pages = [
        ["市图书馆咨询台服务标准", *lines[start : start + 9], f"— {number} —"]
        for number, start in enumerate(range(0, len(lines), 9), 1)
    ]
    found = draft_of(read_document("a.pdf", pdf_file(pages)), prefix="AB")
    plain = draft_of(read_document("a.txt", LIBRARY.encode()), prefix="AB")
    assert [(one.id, one.read.text().replace(" ", "")) for one in found.clauses] == [
        (one.id, one.read.text().replace(" ", "")) for one in plain.clauses
    ]
    assert found.plan.title == plain.plan.title
    assert {one.read.spot.page for one in found.clauses} == {1, 2}


def test_a_text_whose_lines_are_broken_by_width_is_joined() -> None:
    joined = "第一条　" + "客服人员应当在接听电话的时候保持良好的精神状态，" * 6 + "不得怠慢客户。"
    lines = [joined[start : start + 30] for start in range(0, len(joined), 30)] * 2
    found = read_document("a.txt", "\n".join(["服务规范", *lines]).encode())
    assert len(draft_of(found, prefix="AB").clauses) == 2


def test_an_entity_bomb_in_a_word_file_is_refused() -> None:
    stream = io.BytesIO()
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>'
    with ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_document("a.docx", stream.getvalue())


NO_NUMBER = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="x"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)


def swollen() -> bytes:
    """Return an archive that swells to a hundred megabytes."""
    stream = io.BytesIO()
    with (
        ZipFile(stream, "w", ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as one,
    ):
        for _ in range(100):
            one.write(bytes(1 << 20))
    return stream.getvalue()


def other_archive() -> bytes:
    """Return an archive that is no Word document."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return stream.getvalue()


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - for this one file alone

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file([["服务规范"]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", lambda: b"", "empty"),
        ("a.txt", lambda: b" \r\n\t ", "empty"),
        ("a.png", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(50), "picture"),
        ("a.txt", lambda: bytes(range(256)) * 40, "neither text"),
        ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
        ("a.rtf", lambda: b"{\\rtf1\\ansi hello}", "RTF"),
        ("a.docx", lambda: b"PK\x03\x04 broken off", "damaged"),
        ("a.docx", "服务规范".encode, "damaged"),
        ("a.docx", other_archive, "no Word document"),
        ("a.docx", swollen, "too much memory"),
        ("a.docx", lambda: word_file(paragraph("  ")), "no text"),
        ("a.docx", lambda: word_file(numbered("迎"), NO_NUMBER), "damaged"),
        ("a.pdf", lambda: b"%PDF-1.4\nbroken off", "damaged"),
        ("a.pdf", lambda: pdf_file([[], []]), "pictures of pages"),
        ("a.pdf", locked_pdf, "password"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    name: str, content: Callable[[], bytes], reason: str
) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_document(name, content())


def test_a_file_is_read_by_what_is_in_it_whatever_its_name() -> None:
    word = read_document("规范.txt", word_file(paragraph("第一条　应当问候。")))
    assert texts(word) == ["第一条　应当问候。"]
    assert read_document("规范.doc", FERRY.encode()).pieces


def test_a_document_without_clauses_is_told_by_its_name() -> None:
    with pytest.raises(NoClauses, match="游记"):
        draft_of(read_document("游记.txt", "海很蓝。\n天很高。".encode()))


def test_cells_that_are_merged_downwards_repeat_what_stands_above() -> None:
    merged = "<w:tcPr><w:vMerge/></w:tcPr>"
    first = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    body = (
        "<w:tbl>"
        f"<w:tr><w:tc>{first}{paragraph('接听')}</w:tc><w:tc>{paragraph('问候')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{merged}<w:p/></w:tc><w:tc>{paragraph('致谢')}</w:tc></w:tr></w:tbl>"
    )
    table = read_document("a.docx", word_file(body)).pieces[0]
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["接听", "问候"],
        ["接听", "致谢"],
    ]
