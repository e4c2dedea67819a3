/** One message of each kind, as Meta's webhooks carry them, and some that are hard to draw. */
export const richMessages: Record<string, unknown>[] = [
  { type: 'text', text: { body: 'Hello! I would like to return something 🙂' } },
  { type: 'image', image: { id: '1', mime_type: 'image/jpeg', sha256: 'x', caption: 'This is what it looks like' } },
  { type: 'video', video: { id: '2', mime_type: 'video/mp4', sha256: 'x' } },
  { type: 'audio', audio: { id: '3', mime_type: 'audio/ogg; codecs=opus', sha256: 'x', voice: true } },
  {
    type: 'document',
    document: { id: '4', mime_type: 'application/pdf', sha256: 'x', filename: 'invoice-2026-11.pdf' },
  },
  { type: 'sticker', sticker: { id: '5', mime_type: 'image/webp', sha256: 'x', animated: false } },
  { type: 'location', location: { latitude: 3.139, longitude: 101.6869, name: 'Office', address: 'Jalan Sultan 1' } },
  {
    type: 'contacts',
    contacts: [{ name: { formatted_name: 'My brother', first_name: 'My' }, phones: [{ phone: '+60 12 345 6789' }] }],
  },
  { type: 'button', button: { text: 'Yes, please', payload: 'yes' } },
  {
    type: 'interactive',
    interactive: { type: 'list_reply', list_reply: { id: 'a', title: 'Monday', description: '9 to 12' } },
  },
  {
    type: 'order',
    order: {
      catalog_id: '1',
      text: 'Two of these',
      product_items: [{ product_retailer_id: 'sku-1', quantity: 2, item_price: 9.9, currency: 'MYR' }],
    },
  },
  { type: 'unsupported', errors: [{ code: 131051, title: 'Unsupported message type' }] },
  { type: 'text', text: { body: '<script>alert(1)</script> <b>bold?</b> &amp; https://example.com/a?b=c' } },
  { type: 'text', text: { body: 'مرحبا، أين طلبي؟ رقم 12345' } },
  { type: 'text', text: { body: `Z̷̗͠a̴͍͗l̶̰̚g̷̨̀o̵̝͑ ${'wordwithoutanyend'.repeat(12)}` } },
  { type: 'text', text: { body: 'A very long one. '.repeat(300) } },
];
