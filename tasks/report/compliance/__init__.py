"""The compliance pack: whether the data keep their contracts, are complete, and where they came from."""

from __future__ import annotations

from tasks.report.compliance.audits import audits
from tasks.report.compliance.completeness import completeness
from tasks.report.compliance.conformance import conformance
from tasks.report.compliance.drift import drift
from tasks.report.compliance.files import deliveries, published_files
from tasks.report.compliance.findings import findings
from tasks.report.compliance.quarantine import quarantine
from tasks.report.compliance.references import references
from tasks.report.compliance.tiles import audits_tile, conformance_tile, deliveries_tile, quarantine_tile
from tasks.report.page import Pack, Sheet

COMPLIANCE = Pack(
    name="compliance",
    title="Compliance",
    question="Whether the data keep their contracts, whether any are missing, and from which files they came.",
    tiles=(conformance_tile, quarantine_tile, audits_tile, deliveries_tile),
    sections=(findings, conformance, quarantine, completeness, references, drift, deliveries, audits, published_files),
    sheets={
        "findings": Sheet("compliance.findings", "severity desc, subject, source, finding"),
        "contract_conformance": Sheet("compliance.contract_conformance", "source, record, rule"),
        "quarantine_reasons": Sheet(
            "compliance.quarantine_reasons", "rows_count desc, source, record, rule", without=("sample_reason",)
        ),
        "document_number_gaps": Sheet("compliance.document_number_gaps", "source, after_document_id"),
        "missing_days": Sheet("compliance.missing_days", "source, record, missing_date"),
        "orphan_references": Sheet("compliance.orphan_references", "source, record, column_name"),
        "invoice_differences": Sheet("compliance.invoice_differences", "direction, party_id, document_id"),
        "drift": Sheet("compliance.drift", "source, batch_id, subject, change"),
        "duplicate_deliveries": Sheet("compliance.duplicate_deliveries", "source, file_name, file"),
        "audits": Sheet(
            "operations.audits",
            "severity, is_success, table_name, expectation, column_name, sentence",
            # The operations' books hold the audits of every publication.
            where="publication_id = (select publication_id from core.as_of)",
        ),
        "published_files": Sheet("compliance.published_files", "source, file_name, batch_id"),
        "loads": Sheet("operations.loads", "source, batch_id, record"),
    },
)
