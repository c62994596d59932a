-- Everything that was stated stands in consent_statement with its proof, and what it changed in the
-- audit.
drop table consent_history;
