"""Writes BERT weights (safetensors) as a CTranslate2 encoder, without torch or transformers.

The layout follows BERT (Devlin et al. 2019, arXiv:1810.04805): post-norm transformer layers, learned positions, token
types added to the embeddings, GELU.
"""

from pathlib import Path
from typing import Any

import numpy as np
import orjson
from ctranslate2.specs import common_spec, transformer_spec
from safetensors.numpy import load_file

from creatorgraph.domain.error import InvalidInputError


def convert_bert(source: Path, target: Path) -> None:
    """Converts `source` (config.json, model.safetensors, vocab.txt) into the existing, empty folder `target`.

    Raises InvalidInputError when the model is not a BERT encoder.
    """
    config = orjson.loads((source / "config.json").read_bytes())
    if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
        raise InvalidInputError("only BERT encoders with GELU are converted", where=str(source / "config.json"))
    weights = load_file(source / "model.safetensors")
    encoder = transformer_spec.TransformerEncoderSpec(
        config["num_hidden_layers"],
        config["num_attention_heads"],
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    _set_embeddings(encoder, weights)
    for number, layer in enumerate(encoder.layer):
        _set_layer(layer, weights, f"encoder.layer.{number}")

    model = transformer_spec.TransformerEncoderModelSpec(encoder)
    model.register_vocabulary((source / "vocab.txt").read_text(encoding="utf-8").splitlines())
    model.config.unk_token = "[UNK]"  # noqa: S105 - a word of the vocabulary, not a secret
    model.config.layer_norm_epsilon = config["layer_norm_eps"]
    model.validate()
    model.save(str(target))


def _set_embeddings(encoder: Any, weights: dict[str, np.ndarray]) -> None:
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = weights["embeddings.word_embeddings.weight"]
    encoder.embeddings[1].weight = weights["embeddings.token_type_embeddings.weight"]
    encoder.position_encodings.encodings = weights["embeddings.position_embeddings.weight"]
    _set_norm(encoder.layernorm_embedding, weights, "embeddings.LayerNorm")


def _set_layer(layer: Any, weights: dict[str, np.ndarray], prefix: str) -> None:
    attention = f"{prefix}.attention"
    queries_keys_values = [f"{attention}.self.{part}" for part in ("query", "key", "value")]
    _set_linear(layer.self_attention.linear[0], weights, *queries_keys_values)
    _set_linear(layer.self_attention.linear[1], weights, f"{attention}.output.dense")
    _set_norm(layer.self_attention.layer_norm, weights, f"{attention}.output.LayerNorm")
    _set_linear(layer.ffn.linear_0, weights, f"{prefix}.intermediate.dense")
    _set_linear(layer.ffn.linear_1, weights, f"{prefix}.output.dense")
    _set_norm(layer.ffn.layer_norm, weights, f"{prefix}.output.LayerNorm")


def _set_norm(spec: Any, weights: dict[str, np.ndarray], name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _set_linear(spec: Any, weights: dict[str, np.ndarray], *names: str) -> None:
    """Several linear maps of one input are kept as one, which is how CTranslate2 computes attention."""
    spec.weight = np.concatenate([weights[f"{name}.weight"] for name in names])
    spec.bias = np.concatenate([weights[f"{name}.bias"] for name in names])
