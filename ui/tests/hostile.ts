/** Five hundred hostile strings, made from a table of payloads and the places they are hidden in. */
const PAYLOADS = [
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<iframe src=javascript:alert(1)>", "javascript:alert(1)", "<a href='javascript:alert(1)'>x</a>", "\"><script>alert(1)</script>", "'-alert(1)-'", "{{7*7}}", "${7*7}",
  "<style>*{display:none}</style>", "<base href=//evil.example>", "<meta http-equiv=refresh content=0>", "<form action=//evil.example><input>", "<math><mtext><script>1</script></mtext></math>", "<!--<script>-->", "]]><script>1</script>", "<template><b>x</b></template>", "<object data=x>", "<embed src=x>",
  "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-1+1", "\u202Eexe.gnp", "\u2066abc\u2069", "a\u200Bb", "a\u0000b", "a\u001b[31mred", "\ufeffbom", "\u2028line", "\u061Cx", "x\u00ADy", "\ud800", "\u{E0041}tag", "a\u0008\u0008b", "\u3164", "&lt;b&gt;", "%3Cscript%3E", "\\u003cscript\\u003e",
  "<video><source onerror=alert(1)></video>", "<details open ontoggle=alert(1)>", "<marquee onstart=alert(1)>", "<input autofocus onfocus=alert(1)>", "<body onload=alert(1)>", "<link rel=stylesheet href=//evil.example>", "<x onclick=alert(1)>", "<b>bold</b>", "<noscript><p title=\"</noscript><img src=x>\">", "<isindex action=javascript:alert(1)>",
];
const PLACES: ((payload: string) => string)[] = [
  (p) => p,
  (p) => `Mara ${p}`,
  (p) => `${p} Ellison`,
  (p) => `"${p}"`,
  (p) => p.toUpperCase(),
  (p) => `\u202E${p}`,
  (p) => `${p}\n${p}`,
  (p) => `${p}${"x".repeat(300)}`,
  (p) => `\u0000${p}\u0007`,
  (p) => `<<${p}>>`,
];

export const HOSTILE: string[] = PAYLOADS.flatMap((payload) => PLACES.map((place) => place(payload)));
