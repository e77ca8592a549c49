import { access, constants, mkdir } from 'node:fs/promises';

/** Only for whoever runs the receiver. */
const MODE = 0o700;

/**
 * Makes the folder for archives unless it is there.
 *
 * @throws when it cannot be made or written to: a start that fails is better noticed than a month that is not dropped
 */
export async function prepareArchiveDirectory(
  directory: string,
): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: MODE });
    await access(directory, constants.W_OK);
  } catch (cause) {
    throw new Error(
      `cannot start: AUDIT_ARCHIVE_DIR must be a folder that can be written to, got ${directory}: ${(cause as Error).message}`,
      { cause },
    );
  }
}
