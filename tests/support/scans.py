"""A scanner: pages as grey pictures, laid on the glass a little crooked, with the noise of paper."""

from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image


def scanned(pdf: bytes, dpi: int = 200, degrees: float = 0.4, noise: float = 10.0) -> bytes:
    """A PDF of pictures of the pages of another."""
    rng = np.random.default_rng(7)
    sheets = []
    for page in pypdfium2.PdfDocument(pdf):
        sheet = page.render(scale=dpi / 72, grayscale=True).to_pil()
        sheet = sheet.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(sheet, dtype=np.float64) * 0.9 + rng.normal(12, noise, (sheet.height, sheet.width))
        sheets.append(Image.fromarray(grey.clip(0, 255).astype(np.uint8)))
    file = BytesIO()
    sheets[0].save(file, "PDF", resolution=dpi, save_all=True, append_images=sheets[1:], quality=80)
    return file.getvalue()
