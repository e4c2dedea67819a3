import type { CustomerBody } from '../control-schemas.js';
import type { Topic } from './topics.js';

export interface Persona {
  /** How WhatsApp knows them. Numbers come from ranges that are kept free for fiction. */
  customer: CustomerBody;
  /** First messages: each starts a conversation, one after the other. */
  openings: string[];
  /** What they answer, by what they were asked. */
  answers: Partial<Record<Topic, string>> & { other: string };
}

/** Parents, tutors and passers-by of a tuition agency. */
export const demoPersonas: Persona[] = [
  {
    customer: { phone: '447700900101', name: 'Nurul Aisyah', behaviour: 'reads' },
    openings: [
      'Assalamualaikum, saya nak cari tutor Matematik untuk anak saya, Tahun 5. Ada yang boleh datang ke rumah?',
      'Hi, kelas hari Sabtu ni jadi ke?',
    ],
    answers: {
      price: 'Kalau RM45 sejam saya ok. Boleh bayar bulanan?',
      time: 'Hari Selasa atau Khamis, lepas pukul 8 malam.',
      level: 'Tahun 5, umur 11 tahun.',
      place: 'Di rumah, Shah Alam Seksyen 7.',
      bye: 'Terima kasih banyak ya!',
      other: 'Ok noted, terima kasih. Nanti saya bincang dengan suami dulu ya.',
    },
  },
  {
    customer: { phone: '447700900102', name: '陈美玲', behaviour: 'reads' },
    openings: ['你好,请问有没有华文和英文都会的小学补习老师?', '请问这个月的收据可以发给我吗?'],
    answers: {
      price: '一个小时大概多少钱?有没有试听课?',
      time: '星期一到星期五下午四点以后都可以。',
      level: '我的孩子今年三年级。',
      subject: '主要是数学,还有国文。',
      place: '网上上课也可以,我们住在蒲种。',
      bye: '谢谢你!再见。',
      other: '好的,麻烦你了,我等你的消息 🙏',
    },
  },
  {
    customer: { phone: '447700900103', name: 'أحمد الحربي', behaviour: 'never_reads' },
    openings: ['السلام عليكم، أبحث عن مدرس لغة إنجليزية لابنتي في الصف السابع.'],
    answers: {
      price: 'كم الرسوم للساعة الواحدة؟ هل يوجد خصم لحصتين في الأسبوع؟',
      time: 'يوم الأحد والثلاثاء بعد الساعة الخامسة مساءً.',
      level: 'الصف السابع، عمرها ١٣ سنة.',
      place: 'نفضل الدروس عبر الإنترنت.',
      bye: 'جزاكم الله خيرًا.',
      other: 'شكرًا، سأنتظر ردكم.',
    },
  },
  {
    customer: { phone: '12025550151', name: 'James Whitaker', behaviour: 'reads' },
    openings: [
      'Hi there, do you have a physics tutor for IGCSE? Exams are in May and we are getting nervous.',
      'Quick one: can we move Thursday to Friday this week?',
    ],
    answers: {
      price: 'That works for us. Do you invoice monthly?',
      time: 'Weekday evenings after 6, or Saturday mornings.',
      level: 'Year 11, IGCSE.',
      subject: 'Physics first, maybe chemistry later.',
      place: 'Online is fine, we are in Mont Kiara.',
      bye: 'Cheers, thanks for the help!',
      other: 'Great, thank you. What happens next?',
    },
  },
  {
    customer: { phone: '12025550152', name: 'Cikgu Farid', behaviour: 'reads' },
    openings: [
      'Salam admin, saya tutor berdaftar. Jadual minggu depan dah keluar ke?',
      'Admin, bayaran bulan lepas belum masuk. Boleh semak?',
    ],
    answers: {
      price: 'Ok, kadar RM40 sejam saya setuju.',
      time: 'Saya free Isnin, Rabu dan Jumaat malam.',
      who: 'Nama penuh Mohd Farid bin Rahman.',
      bye: 'Baik admin, terima kasih.',
      other: 'Baik, saya tunggu ya admin.',
    },
  },
  {
    customer: { phone: '12025550153', name: 'Priya Menon', behaviour: 'only_reads' },
    openings: ['வணக்கம், is there a Tamil tutor for my son? He is 8 and has just moved schools.'],
    answers: {
      price: 'Ok. Is the first lesson free?',
      time: 'Any day after 5 pm, not Friday please.',
      level: 'Standard 2, he is 8.',
      subject: 'Tamil and a bit of English reading.',
      place: 'At home in Brickfields if possible.',
      other: 'நன்றி! Please let me know who it will be.',
    },
  },
  {
    customer: { userId: 'MY.90817263549081726354', username: 'weijie.lim', name: 'Wei Jie', hidesPhone: true },
    openings: ['hey saw ur post, how much for add maths? form 4', 'eh can change tutor ah? this one too fast la'],
    answers: {
      price: 'wah ok ok, got student price?',
      time: 'sunday can? weekdays got cca',
      level: 'form 4 add maths',
      place: 'online pls',
      bye: 'thx bye 👋',
      other: 'ok can, pm me la',
    },
  },
  {
    customer: { phone: '5511998765432', waId: '551198765432', name: 'Beatriz Souza', behaviour: 'reads' },
    openings: ['Oi! Vocês têm aulas de português online para crianças que moram fora?'],
    answers: {
      price: 'Qual o preço por mês?',
      time: 'Pode ser aos sábados de manhã, horário da Malásia.',
      level: 'Ela tem 6 anos.',
      other: 'Perfeito, obrigada! 😊',
    },
  },
  {
    customer: { phone: '447700900108', name: 'Siti Hajar', behaviour: 'offline' },
    openings: ['Saya berminat jadi tutor. Ada kelulusan Ijazah Pendidikan Sains. Macam mana nak daftar?'],
    answers: {
      who: 'Siti Hajar binti Osman.',
      subject: 'Sains dan Biologi, SPM.',
      place: 'Saya tinggal di Bangi, boleh juga mengajar online.',
      other: 'Baik, nanti saya hantar resume. Terima kasih!',
    },
  },
  {
    customer: { phone: '447700900109', name: 'Mrs Tan', behaviour: 'reads' },
    openings: [
      'The tutor did not come today and nobody called. This is the second time. I want to speak to a manager.',
      'Receipt for October please.',
    ],
    answers: {
      time: 'We said Monday 4 pm. It has always been Monday 4 pm.',
      price: 'I have paid for the whole month already.',
      bye: 'Fine. Thank you.',
      other: 'I have heard that before. When will someone call me?',
    },
  },
  {
    customer: { phone: '447700900110', name: 'Karthik', behaviour: 'reads' },
    openings: ['Hello, I transferred the registration fee just now. Ref 20391. Can confirm?'],
    answers: {
      price: 'RM50, from Maybank.',
      who: 'Karthik a/l Subramaniam, for Divya.',
      bye: 'Thanks!',
      other: 'Ok noted with thanks.',
    },
  },
  {
    customer: { phone: '447700900111', name: 'Grace Wong', behaviour: 'blocked' },
    openings: ['请问 UEC 高中数学有老师吗?My daughter prefers lessons in English.'],
    answers: { level: '高二 (Senior 2)', other: '谢谢,我再想想。' },
  },
];
