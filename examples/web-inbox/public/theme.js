// Before anything is drawn, so that the page never flashes in the other theme.
try {
  const theme = localStorage.getItem('tims.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Without a storage the system decides.
}
