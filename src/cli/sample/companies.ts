/** A customer of the sample. The names are those of Microsoft's own fictional companies. */
export interface Company {
  readonly name: string;
  readonly domain: string;
}

function company(name: string, tenant: string): Company {
  return { name, domain: `${tenant}.onmicrosoft.com` };
}

export const companies = {
  adatum: company('A. Datum Corporation', 'adatum'),
  adventureWorks: company('Adventure Works Cycles', 'adventureworks'),
  alpineSkiHouse: company('Alpine Ski House', 'alpineskihouse'),
  bellows: company('Bellows College', 'bellowscollege'),
  blueYonder: company('Blue Yonder Airlines', 'blueyonderairlines'),
  cityPower: company('City Power & Light', 'cpandl'),
  cohoWinery: company('Coho Winery', 'cohowinery'),
  consolidated: company('Consolidated Messenger', 'consolidatedmessenger'),
  contoso: company('Contoso, Ltd.', 'contoso'),
  fabrikam: company('Fabrikam, Inc.', 'fabrikam'),
  fourthCoffee: company('Fourth Coffee', 'fourthcoffee'),
  graphicDesign: company('Graphic Design Institute', 'graphicdesigninstitute'),
  humongous: company('Humongous Insurance', 'humongousinsurance'),
  lamna: company('Lamna Healthcare Company', 'lamnahealthcare'),
  litware: company('Litware, Inc.', 'litwareinc'),
  lucerne: company('Lucerne Publishing', 'lucernepublishing'),
  margies: company('Margie’s Travel', 'margiestravel'),
  munsons: company('Munson’s Pickles and Preserves Farm', 'munsonspickles'),
  northwind: company('Northwind Traders', 'northwindtraders'),
  phoneCompany: company('The Phone Company', 'thephonecompany'),
  proseware: company('Proseware, Inc.', 'proseware'),
  relecloud: company('Relecloud', 'relecloud'),
  schoolOfFineArt: company('School of Fine Art', 'fineartschool'),
  southridge: company('Southridge Video', 'southridgevideo'),
  tailspin: company('Tailspin Toys', 'tailspintoys'),
  treyResearch: company('Trey Research', 'treyresearch'),
  vanArsdel: company('VanArsdel, Ltd.', 'vanarsdelltd'),
  wideWorld: company('Wide World Importers', 'wideworldimporters'),
  wingtip: company('Wingtip Toys', 'wingtiptoys'),
  woodgrove: company('Woodgrove Bank', 'woodgrovebank'),
} as const;
