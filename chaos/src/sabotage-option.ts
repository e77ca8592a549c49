/**
 * The value of the option `--sabotage`, one of the names or none.
 *
 * @throws with what was expected and what came
 */
export function sabotageOption<Name extends string>(
  value: string | undefined,
  names: readonly Name[],
): Name | undefined {
  const name = names.find((one) => one === value);
  if (name === value) return name;
  throw new Error(
    `expected --sabotage to be one of ${names.join(', ')}, got "${value}"`,
  );
}
