/**
 * The pattern of what a terminal obeys or hides instead of showing it, for the flags `gu`: DEL and the control characters of C1 (those
 * of C0 are for whoever needs line ends), what turns the direction of writing or has no width, line separators, halves of a surrogate
 * pair, and what is not assigned or private. A fifth combining mark in a row, because a pile of them covers the lines around it.
 */
export const HIDDEN_CHARACTERS = String.raw`[\u007f-\u009f\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?<=\p{M}{4})\p{M}`;
