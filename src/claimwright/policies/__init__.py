"""What a policy says: facts, predicates, clauses, programs; read from documents, locked, compiled into the library."""
