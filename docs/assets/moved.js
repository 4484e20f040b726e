// An old address: go on to the new one, and to the same place in it.
const moved = document.getElementById("zg-moved");
const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
location.replace(place ? place.querySelector("a").href : moved.href + (moved.hash ? "" : location.hash));
