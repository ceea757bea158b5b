"""Three written standards, each numbered in its own way, and how they become Word and PDF files."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from rexian.standard.domain.drafting.blocks import Block, Document, Spot
from rexian.standard.domain.drafting.drafts import draft_of
from rexian.standard.domain.drafting.plans import Base, Draft

FERRY = """\
港湾轮渡客服热线服务规范
（试行）
2024年3月1日
第一章　总则
第一条　为规范热线服务，让旅客问得清、等得少，制定本规范。
第二条　热线全天24小时服务，统一号码为88886666。
第二章　接听
第三条　电话铃响三声之内接听，首问语为“您好，港湾轮渡，××号为您服务，请问有什么可以帮您？”。
第四条　通话应当遵守下列规定：
（一）语速以每分钟180至200字左右为宜，吐字清楚；
（二）需要旅客等待的，先说“请您稍等，我帮您查一下航班”，等待不得超过30秒；
（三）不得打断旅客讲话，严禁与旅客争吵。
第五条　航班取消的来电应登记：
1.姓名
2.电话
3.原定航次
第三章　禁语
第六条　不得使用下列语言：
1.不归我管。
2.你自己上网看！
3.不知道。
第七条　禁用词：喂、应该、好像。
第四章　投诉
第八条　投诉在24小时内答复旅客；情况复杂的，3个工作日内答复，次日12点前先回电说明进展。
第九条　月度接通率不低于95%，回访率100%，旅客满意率达到98%以上。
第十条　一年内两次被投诉查实的，每次扣5分，罚款200元。
第十一条　其他转办件按规定时限办理。
"""

LIBRARY = """\
市图书馆咨询台服务标准
1 范围
本标准适用于总馆和各分馆的咨询台。
2 迎候
2.1 读者走近3米内，起身微笑，说：“您好，请问您找什么书？”
2.2 称呼读者用“先生”“女士”，不直呼其名。
2.3 不得对读者说“没有”“不清楚”，而应说“我帮您查一下馆藏”。
3 办理
3.1 办一张借书证一般不超过5分钟。
3.2 预约到馆后半小时内短信通知，保留7天。
3.3 值班人员
3.3.1 提前15分钟到岗。
3.3.2 离岗须有人替班，严禁空岗。
4 评价
4.1 读者满意度评分不低于4.5分。
4.2 首次应答准确率 ≥ 90%。
"""

TAXI = """\
順達計程車叫車中心服務守則
一、接聽
（一）鈴響三聲內接聽，應說「您好，順達叫車，請問您在哪裡上車？」。
（二）禁止用語：
1、不知道
2、等著吧
二、派車
（一）五分鐘內回覆派車結果。
（二）乘客致謝時，回答「不客氣，祝您一路順風」。
（三）司機不得拒載、議價。
"""


def document(text: str, name: str = "standard.txt", *, wrapped: bool = False) -> Document:
    """Return a text as a document of lines."""
    lines = enumerate(text.splitlines(), 1)
    blocks = tuple(Block(line, Spot(line=number)) for number, line in lines if line.strip())
    return Document(name, blocks, is_wrapped=wrapped)


def draft(text: str, prefix: str = "AB", base: Base | None = None) -> Draft:
    """Return the draft of a text."""
    return draft_of(document(text), prefix=prefix, base=base)


def word_file(body: str, numbering: str = "", styles: str = "") -> bytes:
    """Return a Word file with this XML as its body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>"
        )
        if numbering:
            archive.writestr(
                "word/numbering.xml", f"<w:numbering {space}>{numbering}</w:numbering>"
            )
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles {space}>{styles}</w:styles>")
    return stream.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of a Word file."""
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inside}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    """Return a paragraph that Word numbers by itself."""
    ids = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    return paragraph(text, f"<w:numPr>{ids}</w:numPr>")


def word_table(rows: Iterable[Sequence[str]]) -> str:
    """Return a table of a Word file."""
    lines = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


_BELOW = b"/DescendantFonts [4 0 R]"
_CHARACTERS = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"


def pdf_file(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF with these lines on its pages, written in a font that is not embedded."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /UniGB-UCS2-H %s >>" % _BELOW,
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /F %s /DW 1000 >>" % _CHARACTERS,
    ]
    for number, lines in enumerate(pages):
        shown = "".join(
            f"1 0 0 1 50 {780 - 20 * place} Tm <{line.encode('utf-16-be').hex()}> Tj\n"
            for place, line in enumerate(lines)
        )
        stream = f"BT /F1 12 Tf\n{shown}ET".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _joined(objects)


def _joined(objects: Sequence[bytes]) -> bytes:
    """Return the objects of a PDF with the table of where each begins."""
    content, starts = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        starts.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return content + head + table + tail % (len(objects) + 1, len(content))
