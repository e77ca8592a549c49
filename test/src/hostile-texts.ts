/** What a page must show as it is: markup, formulas, text that runs the other way, long words, half characters. */
export const hostileTexts: readonly string[] = [
  '<img src=x onerror="window.hacked=1">',
  '<script>window.hacked=1</script>',
  '"><svg onload=window.hacked=1>',
  'javascript:window.hacked=1',
  "'; drop table audit.event; --",
  '{{constructor.constructor("window.hacked=1")()}}',
  '=HYPERLINK("http://127.0.0.1/","x")',
  '\u202Etxt.exe\u202C',
  '../../etc/passwd?a=b#c%00',
  'a"b\\c*',
  '__proto__',
  'W'.repeat(600),
  '\u{1F469}\u200D\u{1F4BB} e\u0301 \u0000\uD800'.replace('\u0000', ''),
];
