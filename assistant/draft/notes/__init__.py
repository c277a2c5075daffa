"""An officer's notes: read from a file, written out of their shorthand, made into full sentences. Knows nothing of earlier comments' fate or of checks."""
