"""A secret is kept in the environment or in a block of Prefect; a source file only says where."""

import pytest
from pydantic import TypeAdapter, ValidationError

from tasks.errors import SourceRefused
from tasks.source.secret import SecretReference, is_known, revealed

REFERENCE = TypeAdapter(SecretReference)


@pytest.mark.parametrize("text", ["${SHOP_PASSWORD}", "block:shop-password"])
def test_a_reference_says_where_a_secret_is_kept(text):
    assert REFERENCE.validate_python(text) == text


@pytest.mark.parametrize("text", ["hunter2", "", "${A}${B}", "x${A}", "block:", "block:Shop Password", "$A", "${A}\n"])
def test_anything_else_may_be_the_secret_itself_and_is_refused_without_being_repeated(text):
    with pytest.raises(ValidationError) as refused:
        REFERENCE.validate_python(text)
    (error,) = refused.value.errors()
    assert "a secret is not written here" in error["msg"]
    assert "hunter2" not in error["msg"]


def test_a_secret_of_the_environment_is_revealed(monkeypatch):
    monkeypatch.setenv("SHOP_PASSWORD", "hunter2")
    assert is_known("${SHOP_PASSWORD}")
    assert revealed("${SHOP_PASSWORD}") == "hunter2"


def test_a_variable_that_is_not_set_or_empty_holds_no_secret(monkeypatch):
    monkeypatch.setenv("SHOP_PASSWORD", "")
    assert not is_known("${SHOP_PASSWORD}")
    with pytest.raises(SourceRefused, match="SHOP_PASSWORD is not set"):
        revealed("${SHOP_PASSWORD}")


def test_a_secret_of_a_block_is_revealed(prefect):
    from prefect.blocks.system import Secret

    Secret(value="hunter2").save("shop-password", overwrite=True)
    assert is_known("block:shop-password")
    assert revealed("block:shop-password") == "hunter2"


def test_a_secret_of_digits_is_text(prefect):
    from prefect.blocks.system import Secret

    Secret(value=20250101).save("shop-pin", overwrite=True)
    assert revealed("block:shop-pin") == "20250101"


def test_a_block_that_is_not_there_holds_no_secret(prefect):
    assert not is_known("block:nobodys")
    with pytest.raises(SourceRefused, match="Prefect has no Secret block called nobodys"):
        revealed("block:nobodys")
