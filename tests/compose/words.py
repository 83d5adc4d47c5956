"""Every word of a Document or a Deck, in reading order."""

from ojreport.compose.document import BulletList, Columns, Figure, FigurePair, Heading, KeyFigures, Paragraph, Table, plain


def words(product):
    """All text a reader meets, alt texts and notes included, with ordinary spaces."""
    blocks = (
        product.blocks
        if hasattr(product, "blocks")
        else [b for s in product.sections for slide in s.slides for b in slide.blocks]
    )
    found = [product.meta.title, product.meta.subtitle, product.meta.mark]
    if not hasattr(product, "blocks"):
        found += [text for s in product.sections for slide in s.slides for text in (slide.title, *slide.notes)]
    for block in blocks:
        found += list(of_block(block))
    return "\n".join(found).replace("\u00a0", " ")


def of_block(block):
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(text=text):
            yield plain(text)
        case BulletList():
            yield block.title
            yield from (plain(item.text) for item in block.items)
        case KeyFigures(items=items):
            yield from (f"{k.figure} {k.label}" for k in items)
        case Columns(left=left, right=right) | FigurePair(left=left, right=right):
            yield from of_block(left)
            yield from of_block(right)
        case Table():
            yield from (block.title, block.summary, block.note, block.source)
            yield from (c.heading for c in block.columns)
            yield from (cell.text for row in block.rows for cell in row.cells)
        case Figure(spec=spec, alt=alt):
            yield from (spec.title, spec.subtitle, spec.note, spec.source, alt)
