"""The rules of the audit: each a function that looks at a document and yields findings."""
