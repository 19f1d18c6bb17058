// With script, pages come from the shared cache and this asks for what is the reader's own.
document.cookie = "js=1; path=/; max-age=31536000; samesite=lax";
