/** How much of a record is stored, in bytes. What is over a cap is cut, and says how long it was and its hash. */
export const sizeCaps = {
  /** An indexed text. A b-tree row holds 2,704 bytes, and the widest index has two texts beside time and id. */
  indexedText: 1024,
  /** The original of an id that is no UUID, which is kept beside the UUID made of it. */
  id: 128,
  /** Any other text or key. */
  text: 64 * 1024,
  /** All values of a record together, as JSON text; the same for its resource and scope. */
  record: 256 * 1024,
  /** What stays of each of the largest values of a record that is over `record`. */
  ofLargest: 1024,
  /** A record of this size on the wire holds nothing over `text` or `record`, so its values are not looked at. */
  surelySmall: 16 * 1024,
} as const;
