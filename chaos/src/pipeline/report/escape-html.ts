const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** A text as it stands in HTML, also within the quotes of an attribute. */
export function escapeHtml(text: string | number): string {
  return String(text).replace(/[&<>"]/g, (char) => ENTITIES[char]!);
}
