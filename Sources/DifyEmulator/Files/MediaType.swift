/// Media types of file names, as Dify guesses them (`mimetypes.guess_type`).
enum MediaType {
    /// The type of a file with this name; empty for one that nobody knows, and for a compressed file.
    static func guessed(from name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        var ending = String(name[dot...])
        // A compressed file has the type of what is compressed.
        if compressed.contains(ending.lowercased()) {
            let inner = name[..<dot]
            guard let innerDot = inner.lastIndex(of: ".") else { return "" }
            ending = String(inner[innerDot...])
        }
        return byExtension[ending.lowercased()] ?? ""
    }

    private static let compressed: Set<String> = [".gz", ".bz2", ".xz", ".br", ".z"]

    /// What Python 3.12 and Debian's list of types, which Dify's image holds both, know of common extensions.
    private static let byExtension: [String: String] = [
        ".3g2": "audio/3gpp2", ".3gp": "audio/3gpp", ".7z": "application/x-7z-compressed", ".aac": "audio/aac",
        ".ac3": "audio/ac3", ".aif": "audio/x-aiff", ".amr": "audio/AMR",
        ".apk": "application/vnd.android.package-archive", ".apng": "image/apng", ".appcache": "text/cache-manifest",
        ".atom": "application/atom+xml", ".au": "audio/basic", ".avi": "video/x-msvideo", ".avif": "image/avif",
        ".azw3": "application/vnd.amazon.mobi8-ebook", ".bcpio": "application/x-bcpio",
        ".bin": "application/octet-stream", ".bmp": "image/bmp", ".c": "text/x-csrc", ".c++": "text/x-c++src",
        ".cbor": "application/cbor", ".cdf": "application/x-cdf", ".cpio": "application/x-cpio",
        ".cr2": "image/x-canon-cr2", ".csh": "text/x-csh", ".css": "text/css", ".csv": "text/csv",
        ".dcm": "application/dicom", ".dif": "video/dv", ".diff": "text/x-diff", ".djvu": "image/vnd.djvu",
        ".dmg": "application/x-apple-diskimage", ".doc": "application/msword",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        ".dvi": "application/x-dvi", ".dwg": "image/vnd.dwg", ".dxf": "image/vnd.dxf", ".emf": "image/emf",
        ".eml": "message/rfc822", ".epub": "application/epub+zip", ".etx": "text/x-setext", ".flac": "audio/flac",
        ".flv": "video/x-flv", ".geojson": "application/geo+json", ".gif": "image/gif", ".glb": "model/gltf-binary",
        ".gltf": "model/gltf+json", ".gsm": "model/vnd.gdl", ".gtar": "application/x-gtar",
        ".gv": "text/vnd.graphviz", ".h5": "application/x-hdf5", ".hdf": "application/x-hdf",
        ".hdr": "image/vnd.radiance", ".heic": "image/heic", ".heics": "image/heic-sequence", ".heif": "image/heif",
        ".heifs": "image/heif-sequence", ".htm": "text/html", ".html": "text/html", ".hwp": "application/x-hwp",
        ".ico": "image/vnd.microsoft.icon", ".ics": "text/calendar", ".ief": "image/ief", ".igs": "model/iges",
        ".iso": "application/x-iso9660-image", ".jar": "application/java-archive", ".java": "text/x-java",
        ".jp2": "image/jp2", ".jpe": "image/jpeg", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
        ".js": "text/javascript", ".json": "application/json", ".jsonld": "application/ld+json", ".jxl": "image/jxl",
        ".kml": "application/vnd.google-earth.kml+xml", ".latex": "application/x-latex", ".m3u": "audio/mpegurl",
        ".m4a": "audio/mp4", ".man": "application/x-troff-man", ".markdown": "text/markdown",
        ".mbox": "application/mbox", ".md": "text/markdown", ".mdb": "application/msaccess",
        ".me": "application/x-troff-me", ".mid": "audio/sp-midi", ".mif": "application/vnd.mif",
        ".mjs": "text/javascript", ".mkv": "video/x-matroska", ".mng": "video/x-mng", ".mov": "video/quicktime",
        ".movie": "video/x-sgi-movie", ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".mpd": "application/dash+xml",
        ".mpeg": "video/mpeg", ".mpg": "video/mpeg", ".mpga": "audio/mpeg", ".mpp": "application/vnd.ms-project",
        ".mpv": "video/x-matroska", ".ms": "application/x-troff-ms", ".msi": "application/x-msi", ".mtl": "model/mtl",
        ".n3": "text/n3", ".nef": "image/x-nikon-nef", ".nq": "application/n-quads", ".nt": "application/n-triples",
        ".obj": "model/obj", ".oda": "application/ODA", ".odg": "application/vnd.oasis.opendocument.graphics",
        ".odp": "application/vnd.oasis.opendocument.presentation",
        ".ods": "application/vnd.oasis.opendocument.spreadsheet", ".odt": "application/vnd.oasis.opendocument.text",
        ".oga": "audio/ogg", ".ogg": "audio/ogg", ".ogv": "video/ogg", ".ogx": "application/ogg",
        ".opus": "audio/ogg", ".otf": "font/otf", ".p12": "application/pkcs12", ".p7c": "application/pkcs7-mime",
        ".pbm": "image/x-portable-bitmap", ".pdf": "application/pdf", ".pgm": "image/x-portable-graymap",
        ".pl": "text/x-perl", ".png": "image/png", ".pnm": "image/x-portable-anymap",
        ".ppm": "image/x-portable-pixmap",
        ".ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
        ".ppt": "application/vnd.ms-powerpoint",
        ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".ps": "application/postscript", ".psd": "image/vnd.adobe.photoshop", ".py": "text/x-python",
        ".pyc": "application/x-python-code", ".ra": "audio/x-pn-realaudio", ".ram": "audio/x-pn-realaudio",
        ".rar": "application/vnd.rar", ".ras": "image/x-cmu-raster", ".rb": "application/x-ruby",
        ".rdf": "application/rdf+xml", ".rgb": "image/x-rgb", ".roff": "text/troff",
        ".rpm": "application/x-redhat-package-manager", ".rss": "application/x-rss+xml", ".rtf": "application/rtf",
        ".rtx": "text/richtext", ".sgm": "text/SGML", ".sh": "text/x-sh", ".shar": "application/x-shar",
        ".sql": "application/sql", ".sqlite": "application/vnd.sqlite3", ".src": "application/x-wais-source",
        ".stl": "model/stl", ".sv4cpio": "application/x-sv4cpio", ".sv4crc": "application/x-sv4crc",
        ".svg": "image/svg+xml", ".swf": "application/vnd.adobe.flash.movie", ".t": "text/troff",
        ".tar": "application/x-tar", ".tcl": "text/x-tcl", ".tex": "text/x-tex", ".texi": "application/x-texinfo",
        ".tif": "image/tiff", ".tiff": "image/tiff", ".torrent": "application/x-bittorrent",
        ".trig": "application/trig", ".tsv": "text/tab-separated-values", ".ttc": "font/collection",
        ".ttf": "font/ttf", ".ttl": "text/turtle", ".txt": "text/plain", ".uris": "text/uri-list",
        ".ustar": "application/x-ustar", ".vcf": "text/vcard", ".vsd": "application/vnd.visio", ".vtt": "text/vtt",
        ".wasm": "application/wasm", ".wav": "audio/x-wav", ".webm": "video/webm",
        ".webmanifest": "application/manifest+json", ".webp": "image/webp", ".wma": "audio/x-ms-wma",
        ".wmf": "image/wmf", ".wmv": "video/x-ms-wmv", ".woff": "font/woff", ".woff2": "font/woff2",
        ".wrl": "model/vrml", ".xbm": "image/x-xbitmap", ".xcf": "image/x-xcf", ".xhtml": "application/xhtml+xml",
        ".xls": "application/vnd.ms-excel",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template", ".xml": "application/xml",
        ".xpm": "image/x-xpixmap", ".xps": "application/vnd.ms-xpsdocument", ".xsl": "application/xslt+xml",
        ".xwd": "image/x-xwindowdump", ".zip": "application/zip",
    ]
}
