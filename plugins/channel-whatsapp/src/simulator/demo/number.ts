/** The company's number in the demo. The phone number is of no country: +60 3-0000 is not given out. */
export const demoNumber = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  displayPhoneNumber: '+60 3-0000 0100',
  verifiedName: 'Demo Tuition',
} as const;
