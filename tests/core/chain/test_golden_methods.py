"""Embeddings, hashing, GMP and the baselines against values computed by the authors' or the methods' own code."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from core.aggregation.democratic import democratic_weights
from core.aggregation.gmp import gmp_weights
from core.baselines.crow import channel_weights, crow, spatial_weights
from core.baselines.gem import gem
from core.baselines.mac import mac
from core.baselines.rmac import regions, rmac
from core.baselines.spoc import spoc, spoc_centre
from core.chain.stages import aggregate
from core.embeddings.faemb import FFAEmbedding, coefficients, objective
from core.embeddings.fisher import FisherVector
from core.embeddings.vlad import Vlad
from core.hashing.itq import learn_rotation
from core.hashing.kmh import allocate, errors, hamming_table, start_codewords
from core.hashing.rba import Autoencoder
from core.reduction.moments import Moments, descending_eigh, l2_normalise
from core.reduction.whitening import clamp_eigenvalues

Golden = Callable[[str], dict[str, np.ndarray]]

pytestmark = pytest.mark.golden


def far(got: np.ndarray, expected: np.ndarray) -> float:
    return float(np.abs(got - expected).max())


def relative(got: np.ndarray, expected: np.ndarray) -> float:
    return far(got, expected) / max(float(np.abs(expected).max()), 1e-300)


def cases(z: dict[str, np.ndarray], prefix: str) -> list[str]:
    """The case numbers of the keys that begin with ``prefix``."""
    return sorted({m.group(1) for key in z if (m := re.fullmatch(re.escape(prefix) + r"(\d+)", key))}, key=int)


def test_golden_faemb(golden: Golden) -> None:
    z = golden("faemb")
    for i in cases(z, "B_"):
        anchors, features, train = z[f"B_{i}"], z[f"X_{i}"].astype(np.float64), z[f"vtrain_{i}"].astype(np.float64)
        assert far(coefficients(features, anchors), z[f"gamma_{i}"]) <= 1e-6
        assert abs(objective(features, anchors) / z[f"objective_{i}"] - 1) <= 1e-6
        assert abs(objective(train, anchors) / z[f"objective_train_{i}"] - 1) <= 1e-6
        embedding = FFAEmbedding(anchors)
        raw = embedding.raw(features)
        assert far(raw, z[f"phi_{i}"]) <= 1e-6
        moments = Moments()
        for part in np.array_split(train, 7):
            moments.update(embedding.raw(part))
        embedding.fit(moments)
        assert far(embedding.mean_, z[f"Xmean_{i}"]) <= 2e-6
        eigenvalues = embedding.eigenvalues_ / (len(train) - 1)
        assert far(eigenvalues, z[f"eigval_{i}"]) <= 2e-6 * z[f"eigval_{i}"].max()
        clamped = clamp_eigenvalues(eigenvalues, int(z["n_clamped"]))
        assert far(clamped / z[f"eigval_clamped_{i}"], np.ones_like(clamped)) <= 2e-5
        own, theirs = l2_normalise(embedding.transform(features)), z[f"phi_white_l2_{i}"]
        assert far(own @ own.T, theirs @ theirs.T) <= 1e-5
        embedding.mean_, embedding.whitening_ = z[f"Xmean_{i}"], z[f"Pemb_{i}"]
        assert far(aggregate(embedding.transform(features), "democratic"), z[f"final_{i}"]) <= 2e-6
        assert far(democratic_weights(theirs), z[f"demo_alpha_{i}"]) <= 2e-6


def test_golden_fisher_vector(golden: Golden) -> None:
    z = golden("fv_vlad")
    fisher = FisherVector(*(z[name].astype(np.float64) for name in ("priors", "means", "covariances")))
    each = fisher.transform(z["X"].astype(np.float64))
    assert far(each, z["fisher_each"]) <= 2e-4
    assert far(each.mean(axis=0), z["fisher_all"]) <= 1e-5
    assert far(aggregate(each, "average"), l2_normalise(z["fisher_all"])) <= 1e-5


def test_golden_vlad(golden: Golden) -> None:
    z = golden("fv_vlad")
    each = Vlad(z["codebook"].astype(np.float64)).transform(z["X"])
    assert far(each, z["vlad_each"]) <= 2e-6
    assert far(each.sum(axis=0), z["vlad_all"]) <= 2e-6
    blocks = each.reshape(len(each), *z["codebook"].shape)
    chosen = np.abs(blocks).sum(axis=2).argmax(axis=1)
    assert np.array_equal(chosen, z["vlad_assign"])


def test_golden_gmp(golden: Golden) -> None:
    z = golden("formulas")
    for i in cases(z, "gmp_X_"):
        rows = z[f"gmp_X_{i}"]
        for key in (key for key in z if key.startswith(f"gmp_{i}_lam")):
            weights = gmp_weights(rows, float(key.split("lam")[1]))
            assert relative(weights @ rows, z[key]) <= 1e-6


def test_golden_itq(golden: Golden) -> None:
    z = golden("formulas")
    projected = (z["itq_X"] - z["itq_mean"]) @ z["itq_W"]
    rotation, trace = learn_rotation(projected, z["itq_R0"], len(z["itq_objective"]))
    assert relative(rotation, z["itq_R50"]) <= 1e-6
    assert relative(np.array(trace), z["itq_objective"]) <= 1e-6
    assert ((projected @ rotation >= 0) != z["itq_bits"]).mean() < 0.005


def test_golden_rba(golden: Golden) -> None:
    z = golden("formulas")
    autoencoder = Autoencoder((z["itq_X"] - z["itq_mean"]).T, z["rba_B0"], float(z["rba_lam"]), float(z["rba_beta"]))
    autoencoder.c1, autoencoder.c2 = z["rba_c1_0"], z["rba_c2_0"]
    trace = [*autoencoder.step()]
    for name, value in (("W1", autoencoder.W1), ("W2", autoencoder.W2), ("c1", autoencoder.c1), ("c2", autoencoder.c2)):
        assert relative(value, z[f"rba_{name}_1"]) <= 1e-6, name
    assert (z["rba_B_1"] != autoencoder.B).mean() < 0.005
    while len(trace) < len(z["rba_objective_trace"]):
        trace += autoencoder.step()
    assert relative(np.array(trace), z["rba_objective_trace"]) <= 1e-6
    assert relative(autoencoder.W1, z["rba_W1"]) <= 1e-6
    assert relative(autoencoder.c1, z["rba_c1"]) <= 1e-6
    assert (z["rba_B"] != autoencoder.B).mean() < 0.005


def test_golden_kmh_start(golden: Golden) -> None:
    z = golden("formulas")
    bits, parts = int(z["kmh_b"]), int(z["kmh_M"])
    centred = z["kmh_X"] - z["kmh_X"].mean(axis=0)
    eigenvalues, directions = descending_eigh(centred.T @ centred / len(centred))
    order = allocate(eigenvalues, parts)
    assert np.array_equal(order, z["kmh_dim_order"])
    split = (centred @ directions[:, order]).reshape(len(centred), parts, -1).transpose(1, 0, 2)
    codewords, scales = start_codewords(split[:1], bits)
    assert np.array_equal(hamming_table(bits), z["kmh_hamming"])
    assert relative(scales[0] / 2, z["kmh_scale_sub0"]) <= 1e-6  # the scale there is a, s = 2a
    assert relative(codewords[0] @ codewords[0].T, z["kmh_centers_gram_sub0"]) <= 1e-6
    quantisation, affinity = errors(split[:1], codewords, scales[:, None, None] * np.sqrt(hamming_table(bits)))
    assert abs(quantisation / z["kmh_Equan_sub0"] - 1) <= 1e-6
    assert abs(affinity - z["kmh_Eaff_sub0"]) <= 1e-9


def test_golden_baselines(golden: Golden) -> None:
    z = golden("baselines")
    for i in cases(z, "fea_"):
        grid = z[f"fea_{i}"] * float(z["scale"])
        for name, vectors in (("mac", mac(grid)), ("spoc_sum", spoc(grid)), ("spoc_centre", spoc_centre(grid))):
            assert same_direction(vectors[0], z[f"{name}_{i}"]) <= 1e-6, name
        assert same_direction(gem(grid)[0], z[f"gem3_{i}"]) <= 1e-6
        assert relative(spatial_weights(grid), z[f"crow_spatial_{i}"]) <= 1e-6
        assert relative(channel_weights(grid), z[f"crow_channel_{i}"]) <= 1e-6
        assert same_direction(crow(grid)[0], z[f"crow_{i}"]) <= 1e-6
        assert np.array_equal(regions(*grid.shape[:2]), z[f"rmac_regions_yxhw_{i}"])
        assert same_direction(rmac(grid).sum(axis=0), z[f"rmac_{i}"]) <= 1e-6


def same_direction(got: np.ndarray, expected: np.ndarray) -> float:
    """The distance of the L2-normalised vectors."""
    return far(l2_normalise(got), l2_normalise(expected))
