/** The installation on this machine's settings, without a server around it. Migrates the database. */
export async function openLocal(server: typeof import('@tims/server/operator'), core: typeof import('@tims/core')) {
  const settings = await server.loadSettings();
  server.makeDataDir(settings.dataDir);
  const storage = await server.openStorage(settings);
  try {
    const installation = await core.openInstallation({
      storage,
      secretKey: server.secretKeyOf(settings),
      channelPlugins: settings.registry.channels,
      pluginSettings: settings.pluginSettings,
      settings: server.coreSettings(settings),
    });
    return { installation, settings };
  } catch (error) {
    await storage.close();
    throw error;
  }
}
