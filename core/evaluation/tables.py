"""The rows of the paper's tables and figures, on any backbone.

``base`` sets network and image size, the rows everything else.  Dimensions are those of Tables II and IV.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.chain.config import DescriberConfig, with_backbone
from core.chain.presets import PRESETS, baseline_config
from core.evaluation import published as paper
from core.evaluation.rows import CODE, DESCRIPTOR, TableRow
from core.util.errors import UserError

MASKS = ("max", "sum", "sift", "none")

FRAMEWORKS: dict[str, tuple[str, str, int, int, int]] = {
    "fv+average": ("fv", "average", 48, 44, 0),
    "fv+democratic": ("fv", "democratic", 48, 44, 0),
    "vlad+sum": ("vlad", "sum", 64, 66, 0),
    "vlad+democratic": ("vlad", "democratic", 64, 66, 0),
    "temb+democratic": ("temb", "democratic", 64, 68, 128),
    "faemb+democratic": ("faemb", "democratic", 32, 10, 1056),
}
"""Embedding, aggregation, d, k and t for 4224 dimensions (Table II; truncation as in ALGORITHMS section 0)."""

DIMENSIONS: dict[int, tuple[int, int]] = {512: (32, 20), 1024: (64, 18), 2048: (64, 34), 4096: (64, 66), 8064: (128, 64)}
"""d and k of T-embedding by the descriptor's length (Table IV)."""

LAYERS = ("conv4_1", "conv4_2", "conv4_3", "conv5_1", "conv5_2", "conv5_3")
POWERS = (1.0, 0.7, 0.5, 0.3, 0.2, 0.0)


def base_config(backbone: str) -> DescriberConfig:
    """Network and image size of a table, as in the paper: a 2x2 pool after the last layer.

    Raises:
        UserError: no such backbone.
    """
    vgg16 = PRESETS["paper-512"]
    bases = {
        "compact": replace(PRESETS["standard"], pool=True),
        "vgg16": vgg16,
        "siamac": replace(vgg16, backbone="siamac"),
        "netvlad": replace(vgg16, backbone="netvlad"),
    }
    if ":" in backbone:
        return with_backbone(PRESETS["standard"], backbone)
    if backbone not in bases:
        raise UserError(f"there is no backbone '{backbone}' for tables", "--backbone", f"There are: {', '.join(bases)}.")
    return bases[backbone]


def temb(base: DescriberConfig, dimensions: int, **changes: object) -> DescriberConfig:
    """T-embedding and democratic aggregation, with a length of Table IV."""
    d, k = DIMENSIONS[dimensions]
    settings = {"pca_dimension": d, "words": k, "bits": min(512, dimensions)} | changes
    return replace(base, **settings)  # type: ignore[arg-type]


def table_iii(base: DescriberConfig) -> tuple[TableRow, ...]:
    """Table III: six frameworks with each mask and without."""
    rows = []
    for name, (embedding, aggregation, d, k, t) in FRAMEWORKS.items():
        for index, mask in enumerate(MASKS):
            config = replace(
                base, mask=mask, embedding=embedding, aggregation=aggregation, pca_dimension=d, words=k, truncate=t
            )
            figures = {data: values[index] for data, values in paper.TABLE_III[name].items()}
            rows.append(TableRow(f"{name}, {mask}", config, published=figures))
    return tuple(rows)


def table_iv(base: DescriberConfig) -> tuple[TableRow, ...]:
    """Table IV: every length of the T-embedding descriptor; the paper prints only the parameters."""
    return tuple(TableRow(f"{d} x {k}: {length}", temb(base, length)) for length, (d, k) in DIMENSIONS.items())


def table_v(base: DescriberConfig) -> tuple[TableRow, ...]:
    """Table V: two sizes of photos."""
    return tuple(
        TableRow(f"{mask}, {size} px", temb(base, 512, mask=mask, longest_side=size), published=figures)
        for (mask, size), figures in paper.TABLE_V.items()
    )


def table_vi(base: DescriberConfig) -> tuple[TableRow, ...]:
    """Hyper-columns, at 1024 dimensions."""
    _needs_layers(base)
    return tuple(
        TableRow(layers, temb(base, 1024, layer=layers), published=paper.by_protocol(paper.THREE, figures))
        for layers, figures in paper.TABLE_VI.items()
    )


def table_vii(base: DescriberConfig) -> tuple[TableRow, ...]:
    """Three hashing methods on four lengths of descriptor, four lengths of code."""
    rows = []
    for (method, length), figures in paper.TABLE_VII.items():
        for index, bits in enumerate(paper.BITS):
            config = temb(base, length, hashing=method, bits=bits)
            values = [line[index] for line in figures]
            rows.append(
                TableRow(f"{method}, {length}-D, {bits} bits", config, (CODE,), paper.by_protocol(paper.THREE, values))
            )
    return tuple(rows)


def table_viii(base: DescriberConfig) -> tuple[TableRow, ...]:
    """The comparison with other descriptors."""
    sift, siamac, netvlad = PRESETS["sift"], base_config("siamac"), base_config("netvlad")
    linear = replace(netvlad, layer="conv5_3_linear", pool=False)
    configs: dict[tuple[str, int], DescriberConfig] = {
        ("SIFT T-emb", 512): sift, ("SIFT T-emb", 1024): temb(sift, 1024),
        ("SIFT F-FAemb", 512): faemb(sift, 512), ("SIFT F-FAemb", 1024): faemb(sift, 1024),
        ("SPoC", 256): baseline_config(base, "spoc-centre", 256), ("CroW", 512): baseline_config(base, "crow", 512),
        ("MOP-CNN", 512): baseline_config(replace(base, backbone="vgg16-fc7", layer="fc7", pool=False), "mop", 512),
        ("MAC", 512): baseline_config(base, "mac", 512), ("R-MAC", 512): baseline_config(base, "rmac", 512),
        **{("NetVLAD", n): baseline_config(base, "netvlad", n) for n in (1024, 4096)},
        **{(f"{mask.upper()} mask", n): temb(base, n, mask=mask) for mask in ("sift", "sum", "max") for n in (512, 1024)},
        **{("MAX conv5-3,2,1", n): temb(base, n, layer="conv5_3+conv5_2+conv5_1") for n in (512, 1024)},
        ("siaMAC + MAC", 512): baseline_config(siamac, "mac", 512),
        ("siaMAC + R-MAC", 512): baseline_config(siamac, "rmac", 512),
        **{("NetVLAD*", n): baseline_config(linear, "netvlad", n) for n in (1024, 4096)},
        **{("siaMAC + MAX", n): temb(siamac, n) for n in (512, 1024, 4096)},
        **{("NetVLAD* + MAX", n): temb(netvlad, n) for n in (1024, 4096)},
    }  # fmt: skip
    return tuple(
        TableRow(f"{name}, {length}", configs[name, length], published=paper.by_protocol(paper.SIX, figures))
        for (name, length), figures in paper.TABLE_VIII.items()
    )


def table_ix(base: DescriberConfig) -> tuple[TableRow, ...]:
    """Short descriptors against codes of as many bytes or fewer."""
    siamac = base_config("siamac")
    short = {
        "siaMAC + MAC, 16 floats": baseline_config(siamac, "mac", 16),
        "siaMAC + R-MAC, 16 floats": baseline_config(siamac, "rmac", 16),
        "GeM, 16 floats": baseline_config(siamac, "gem", 16),
    }
    codes = {f"{name}, {bits} bits": temb(b, 512, bits=bits)
             for name, b in (("MAX", base), ("siaMAC + MAX", siamac)) for bits in (256, 512)}  # fmt: skip
    return tuple(
        TableRow(
            name, (short | codes)[name], (DESCRIPTOR,) if name in short else (CODE,), paper.by_protocol(paper.FIVE, figures)
        )
        for name, figures in paper.TABLE_IX.items()
    )


def figure_4(base: DescriberConfig) -> tuple[TableRow, ...]:
    """The power law at d = 128, k = 64: SIFT features, and the network's with each mask."""
    bases = {"SIFT features": replace(PRESETS["sift"], bits=512)} | {mask: replace(base, mask=mask) for mask in MASKS}
    return tuple(
        TableRow(f"{name}, power {power:g}", temb(config, 8064, power=power), point=(name, power))
        for name, config in bases.items()
        for power in POWERS
    )


def figure_5(base: DescriberConfig) -> tuple[TableRow, ...]:
    """The length of the descriptor, with each mask."""
    return tuple(
        TableRow(f"{mask}, {length}", temb(base, length, mask=mask), point=(mask, float(length)))
        for mask in MASKS
        for length in DIMENSIONS
    )


def figure_6(base: DescriberConfig) -> tuple[TableRow, ...]:
    """Single layers, at 1024 dimensions."""
    _needs_layers(base)
    return tuple(
        TableRow(layer, temb(base, 1024, layer=layer), point=("MAX", float(index))) for index, layer in enumerate(LAYERS)
    )


def faemb(base: DescriberConfig, dimensions: int) -> DescriberConfig:
    """F-FAemb with d = 16 and the least sufficient number of anchors, truncated to the length."""
    d, per_anchor = 16, 16 * 17 // 2
    words = -(-(dimensions + 2 * per_anchor) // per_anchor)
    return replace(
        base, embedding="faemb", pca_dimension=d, words=words, truncate=words * per_anchor - dimensions, bits=512
    )


TABLES: dict[str, Callable[[DescriberConfig], tuple[TableRow, ...]]] = {
    "III": table_iii, "IV": table_iv, "V": table_v, "VI": table_vi, "VII": table_vii, "VIII": table_viii, "IX": table_ix,
}  # fmt: skip
FIGURES: dict[str, Callable[[DescriberConfig], tuple[TableRow, ...]]] = {"4": figure_4, "5": figure_5, "6": figure_6}
"""Figures made of evaluations; 3 and 7 show masks and times (``core.evaluation.figures``)."""


def _needs_layers(base: DescriberConfig) -> None:
    if base.backbone != "vgg16":
        raise UserError(
            f"the backbone '{base.backbone}' has one layer only", "--backbone", "This needs the layers of vgg16."
        )
