
# Waar dit script staat, en dus waar verhalen.csv moet zijn: een map hoger.
verhalen_csv <- function() {
  bron <- unlist(lapply(sys.frames(), function(frame) frame$ofile))
  regel <- grep("^--file=", commandArgs(FALSE), value = TRUE)
  script <- c(rev(bron), gsub("~+~", " ", sub("^--file=", "", regel), fixed = TRUE))
  mogelijk <- c(file.path(dirname(script), "..", "verhalen.csv"), "verhalen.csv", file.path("..", "verhalen.csv"))
  gevonden <- mogelijk[file.exists(mogelijk)]
  if (length(gevonden) == 0) {
    stop("verhalen.csv is er niet. Dit script leest dat bestand, en het staat in de map boven dit script als de ",
         "uitvoer met csv gemaakt is (verhalen export --formats csv,r). Staat het ergens anders? ",
         "lees_verhalen(\"pad/naar/verhalen.csv\")", call. = FALSE)
  }
  gevonden[1]
}

# Woorden zoals R ze mag laten zien: zonder tekens die een regel omdraaien.
zonder_omdraaien <- function(tekst) gsub("[\u202a-\u202e\u2066-\u2069]", "", tekst, perl = TRUE)

als_getal <- function(naam, tekst) {
  getal <- suppressWarnings(as.integer(tekst))
  if (any(is.na(getal) & tekst != "")) stop("In kolom ", naam, " staat iets anders dan een getal.", call. = FALSE)
  getal
}

# Een code wordt haar label. Wat onder nul is, of geen plaats op een schaal heeft, wordt NA, met de reden ernaast.
als_keuze <- function(naam, kolom, tekst) {
  code <- als_getal(naam, tekst)
  vreemd <- setdiff(code, c(kolom$codes, kolom$geen, NA))
  if (length(vreemd) > 0) stop("Kolom ", naam, " heeft een onbekende code: ", vreemd[1], call. = FALSE)
  keuze <- factor(code, levels = kolom$codes, labels = kolom$labels, ordered = kolom$schaal)
  attr(keuze, "label") <- kolom$titel
  if (length(kolom$geen) == 0) return(setNames(list(keuze), naam))
  reden <- factor(code, levels = kolom$geen, labels = kolom$redenen)
  attr(reden, "label") <- paste0(kolom$titel, ": waarom er niets staat")
  setNames(list(keuze, reden), c(naam, paste0(naam, "_reden")))
}

als_kolom <- function(naam, kolom, tekst) {
  if (kolom$soort == "code") return(als_keuze(naam, kolom, tekst))
  gelezen <- switch(kolom$soort,
    getal = als_getal(naam, tekst),
    dag = as.Date(ifelse(tekst == "", NA, tekst), format = "%Y-%m-%d"),
    ifelse(tekst == "", NA, zonder_omdraaien(tekst)))
  attr(gelezen, "label") <- kolom$titel
  setNames(list(gelezen), naam)
}

# Alle verhalen, een rij per verhaal. Zonder `bestand`: verhalen.csv uit dezelfde uitvoer als dit script.
lees_verhalen <- function(bestand = verhalen_csv()) {
  ruw <- read.csv(bestand, colClasses = "character", na.strings = character(0), encoding = "UTF-8",
                  check.names = FALSE, fill = FALSE, comment.char = "", strip.white = FALSE)
  if (!identical(names(ruw), names(KOLOMMEN))) {
    stop(bestand, " heeft andere kolommen dan dit script: zij zijn niet van dezelfde uitvoer.", call. = FALSE)
  }
  delen <- lapply(names(KOLOMMEN), function(naam) als_kolom(naam, KOLOMMEN[[naam]], ruw[[naam]]))
  data.frame(do.call(c, delen), check.names = FALSE, stringsAsFactors = FALSE)
}

verhalen <- lees_verhalen()
message(nrow(verhalen), " verhalen gelezen; zij staan in `verhalen`.")
