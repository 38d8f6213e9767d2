"""The rules of an application, from the first draft to the last subject: states, faults, documents, files."""
