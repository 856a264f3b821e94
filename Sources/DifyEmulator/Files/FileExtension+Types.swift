extension FileExtension {
    /// What Python 3.12 and the list of Debian 12 (media-types 10.0.0), which Dify's image holds both, know of the
    /// types that people meet. A line is a type and its extensions, the one that Python chooses first. An extension with a
    /// star means another type, whose line has it without.
    static let list = """
        application/atom+xml atom
        application/cbor cbor
        application/dash+xml mpd
        application/dicom dcm
        application/epub+zip epub
        application/geo+json geojson
        application/gzip gz
        application/java-archive jar
        application/json json
        application/ld+json jsonld
        application/manifest+json webmanifest
        application/mbox mbox
        application/msaccess mdb
        application/msword doc *dot wiz
        application/n-quads nq
        application/n-triples nt
        application/octet-stream bin *a *dll *exe *o *obj so deploy msu msp
        application/ODA oda
        application/oda *oda
        application/ogg ogx
        application/pdf pdf
        application/pkcs12 p12 pfx
        application/pkcs7-mime p7c p7m p7z
        application/postscript ps ai eps epsi epsf eps2 eps3
        application/rdf+xml rdf
        application/rtf rtf
        application/sql sql
        application/trig trig
        application/vnd.adobe.flash.movie swf
        application/vnd.amazon.mobi8-ebook azw3
        application/vnd.android.package-archive apk
        application/vnd.apple.keynote keynote
        application/vnd.apple.mpegurl *m3u m3u8
        application/vnd.apple.numbers numbers
        application/vnd.apple.pages pages
        application/vnd.debian.binary-package deb ddeb udeb
        application/vnd.google-earth.kml+xml kml
        application/vnd.mif mif
        application/vnd.ms-cab-compressed cab
        application/vnd.ms-excel xls xlb xlm xla xlc xlt xlw
        application/vnd.ms-fontobject eot
        application/vnd.ms-powerpoint ppt *pot ppa pps pwz
        application/vnd.ms-project mpp mpt
        application/vnd.ms-xpsdocument xps
        application/vnd.oasis.opendocument.graphics odg
        application/vnd.oasis.opendocument.presentation odp
        application/vnd.oasis.opendocument.spreadsheet ods
        application/vnd.oasis.opendocument.text odt
        application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
        application/vnd.openxmlformats-officedocument.presentationml.slideshow ppsx
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
        application/vnd.openxmlformats-officedocument.spreadsheetml.template xltx
        application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
        application/vnd.openxmlformats-officedocument.wordprocessingml.template dotx
        application/vnd.rar rar
        application/vnd.sqlite3 sqlite sqlite3
        application/vnd.visio vsd vst vsw vss
        application/wasm wasm
        application/wsdl+xml wsdl
        application/x-7z-compressed 7z
        application/x-apple-diskimage dmg
        application/x-bcpio bcpio
        application/x-bittorrent torrent
        application/x-cdf cdf cda
        application/x-cpio cpio
        application/x-csh *csh
        application/x-dvi dvi
        application/x-gtar gtar
        application/x-hdf hdf
        application/x-hdf5 h5
        application/x-hwp hwp
        application/x-iso9660-image iso
        application/x-latex latex
        application/x-lzh lzh
        application/x-mif *mif
        application/x-msdos-program com exe bat dll
        application/x-msi msi
        application/x-netcdf *cdf nc
        application/x-object o
        application/x-pkcs12 *p12 *pfx
        application/x-pn-realaudio *ram
        application/x-python-code pyc pyo
        application/x-redhat-package-manager rpm
        application/x-rss+xml rss
        application/x-ruby rb
        application/x-sh *sh
        application/x-shar shar
        application/x-shockwave-flash *swf
        application/x-sv4cpio sv4cpio
        application/x-sv4crc sv4crc
        application/x-tar tar
        application/x-tcl *tcl
        application/x-tex *tex
        application/x-texinfo texi texinfo
        application/x-troff *roff *t *tr
        application/x-troff-man man
        application/x-troff-me me
        application/x-troff-ms ms
        application/x-ustar ustar
        application/x-wais-source src
        application/x-xz xz
        application/xhtml+xml xhtml xhtm xht
        application/xml *xsl *rdf *wsdl xpdl xml
        application/xslt+xml xsl xslt
        application/zip zip
        audio/3gpp 3gp 3gpp
        audio/3gpp2 3g2 3gpp2
        audio/aac aac adts *loas ass
        audio/ac3 ac3
        audio/basic au snd
        audio/flac flac
        audio/mp4 m4a
        audio/mpeg mp3 mp2 mpga mpega mp1
        audio/mpegurl m3u
        audio/ogg oga ogg opus spx
        audio/opus *opus
        audio/sp-midi mid
        audio/usac loas xhe
        audio/x-aiff aif aifc aiff
        audio/x-gsm *gsm
        audio/x-ms-wma wma
        audio/x-pn-realaudio ra rm ram
        audio/x-wav wav
        font/collection ttc
        font/otf otf
        font/ttf ttf
        font/woff woff
        font/woff2 woff2
        image/apng apng
        image/avif avif hif
        image/bmp bmp
        image/emf emf
        image/gif gif
        image/heic heic
        image/heic-sequence heics
        image/heif heif
        image/heif-sequence heifs
        image/ief ief
        image/jp2 jp2 jpg2
        image/jpeg jpg jpe jpeg jfif
        image/jxl jxl
        image/png png
        image/svg+xml svg svgz
        image/tiff tiff tif
        image/vnd.adobe.photoshop psd
        image/vnd.djvu djvu djv
        image/vnd.dwg dwg
        image/vnd.dxf dxf
        image/vnd.microsoft.icon ico
        image/vnd.radiance hdr rgbe xyze
        image/webp webp
        image/wmf wmf
        image/x-canon-cr2 cr2
        image/x-canon-crw crw
        image/x-cmu-raster ras
        image/x-nikon-nef nef
        image/x-portable-anymap pnm
        image/x-portable-bitmap pbm
        image/x-portable-graymap pgm
        image/x-portable-pixmap ppm
        image/x-rgb rgb
        image/x-xbitmap xbm
        image/x-xcf xcf
        image/x-xpixmap xpm
        image/x-xwindowdump xwd
        message/rfc822 eml mht mhtml nws mail art
        model/gltf+json gltf
        model/gltf-binary glb
        model/iges igs iges
        model/mtl mtl
        model/obj obj
        model/stl stl
        model/vnd.gdl gdl gsm win dor lmp rsm msm ism
        model/vrml wrl vrm vrml
        text/cache-manifest appcache manifest
        text/calendar ics ifb
        text/css css
        text/csv csv
        text/html html htm shtml
        text/javascript js mjs es
        text/markdown md markdown
        text/n3 n3
        text/plain txt *bat *c *h ksh *pl srt text pot brf
        text/richtext rtx
        text/SGML sgml sgm
        text/tab-separated-values tsv
        text/troff t tr roff
        text/turtle ttl
        text/uri-list uris uri
        text/vcard vcf vcard
        text/vnd.a a
        text/vnd.graphviz gv dot
        text/vtt vtt
        text/x-c++src c++ cpp cxx cc
        text/x-chdr h
        text/x-csh csh
        text/x-csrc c
        text/x-diff diff patch
        text/x-java java
        text/x-perl pl pm
        text/x-python py
        text/x-scala scala
        text/x-setext etx
        text/x-sgml *sgm *sgml
        text/x-sh sh
        text/x-tcl tcl tk
        text/x-tex tex ltx sty cls
        text/x-vcard *vcf
        text/xml *xml
        video/dv dif dv
        video/mp4 mp4 mpg4 m4v
        video/mpeg mpeg m1v mpa mpe mpg m2v
        video/ogg ogv
        video/quicktime mov qt
        video/webm webm
        video/x-flv flv
        video/x-matroska mpv mkv
        video/x-mng mng
        video/x-ms-wmv wmv
        video/x-msvideo avi
        video/x-sgi-movie movie
        """
}
