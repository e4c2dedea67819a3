import { CommandError, exitCodes } from '../../exit-codes.js';

/**
 * Runs `work` with the server's code, which is loaded here and not before; its errors for operators become the
 * command's.
 */
export async function withServer<T>(
  work: (server: typeof import('@tims/server/operator'), core: typeof import('@tims/core')) => Promise<T>,
): Promise<T> {
  const [server, core] = await Promise.all([import('@tims/server/operator'), import('@tims/core')]);
  try {
    return await work(server, core);
  } catch (error) {
    if (error instanceof server.SettingsError) {
      throw new CommandError(
        exitCodes.usage,
        `these settings are not right:\n${error.problems.map((one) => `  - ${one}`).join('\n')}`,
      );
    }
    if (error instanceof server.StartError || error instanceof core.SchemaTooNewError || isStorageOpenError(error)) {
      throw new CommandError(exitCodes.failed, error.message);
    }
    if (error instanceof core.TimsError) {
      throw new CommandError(
        exitCodes.failed,
        `${core.errorCatalogue[error.code].title}: ${error.message}`,
        core.errorCatalogue[error.code].help,
      );
    }
    throw error;
  }
}

/** By its name: the class lives in the plugin API, of which a foreign storage plugin may have a copy of its own. */
export function isStorageOpenError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'StorageOpenError';
}
