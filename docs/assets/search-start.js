/* Opened from a folder (file://) the browser loads neither modules nor data: say what to do. */
if (location.protocol === "file:") document.getElementById("search-file").hidden = false;
