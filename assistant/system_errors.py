"""Why the system refused, in Swedish: its own words for it are English, or whatever the machine is set to."""

from __future__ import annotations

import errno
from typing import Final

_REASONS: Final = {
    errno.ENOENT: "mappen eller filen finns inte",
    errno.EEXIST: "en del av sökvägen är ingen mapp",
    errno.ENOTDIR: "en del av sökvägen är ingen mapp",
    errno.EISDIR: "det är en mapp",
    errno.EACCES: "kontot saknar behörighet",
    errno.EPERM: "kontot saknar behörighet",
    errno.EROFS: "platsen är skrivskyddad",
    errno.ENOSPC: "disken är full",
    errno.EFBIG: "filen är för stor",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.EBUSY: "den används av ett annat program",
    errno.ETXTBSY: "den används av ett annat program",
    errno.EIO: "enheten svarade med ett fel",
    errno.EINVAL: "namnet kan inte användas här",
}


def reason(error: OSError) -> str:
    """Why, as a phrase without a full stop; the system's own words where it is none of the usual."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
