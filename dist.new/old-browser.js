// Only browsers without modules load this; they cannot run boot.js.
document.getElementById('failure').hidden = false;
