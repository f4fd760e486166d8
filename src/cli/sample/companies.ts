/** A customer of the sample. The names are those of Microsoft's own fictional companies. */
export interface Company {
  readonly name: string;
  readonly domain: string;
  /** Tells the tenants of one domain apart. */
  readonly tenant?: number;
}

function company(name: string, tenant: string): Company {
  return { name, domain: `${tenant}.onmicrosoft.com` };
}

export const companies = {
  adatum: company('A. Datum Corporation', 'adatum'),
  adventureWorks: company('Adventure Works Cycles', 'adventureworks'),
  alpineSkiHouse: company('Alpine Ski House', 'alpineskihouse'),
  baldwin: company('Baldwin Museum of Science', 'baldwinmuseum'),
  bellows: company('Bellows College', 'bellowscollege'),
  bestForYou: company('Best For You Organics Company', 'bestforyouorganics'),
  blueYonder: company('Blue Yonder Airlines', 'blueyonderairlines'),
  cityPower: company('City Power & Light', 'cpandl'),
  cohoWinery: company('Coho Winery', 'cohowinery'),
  consolidated: company('Consolidated Messenger', 'consolidatedmessenger'),
  contosoPharma: company('Contoso Pharmaceuticals', 'contosopharma'),
  contosoSuites: company('Contoso Suites', 'contososuites'),
  contosoSuitesMoved: { ...company('Contoso Suites', 'contososuites'), tenant: 2 },
  contoso: company('Contoso, Ltd.', 'contoso'),
  fabrikamResidences: company('Fabrikam Residences', 'fabrikamresidences'),
  fabrikam: company('Fabrikam, Inc.', 'fabrikam'),
  fincher: company('Fincher Architects', 'fincherarchitects'),
  firstUp: company('First Up Consultants', 'firstupconsultants'),
  fourthCoffee: company('Fourth Coffee', 'fourthcoffee'),
  graphicDesign: company('Graphic Design Institute', 'graphicdesigninstitute'),
  humongous: company('Humongous Insurance', 'humongousinsurance'),
  lakeshore: company('Lakeshore Retail', 'lakeshoreretail'),
  lamna: company('Lamna Healthcare Company', 'lamnahealthcare'),
  libertys: company('Liberty’s Delightful Sinful Bakery & Cafe', 'libertysbakery'),
  litware: company('Litware, Inc.', 'litwareinc'),
  lucerne: company('Lucerne Publishing', 'lucernepublishing'),
  margies: company('Margie’s Travel', 'margiestravel'),
  munsons: company('Munson’s Pickles and Preserves Farm', 'munsonspickles'),
  nod: company('Nod Publishers', 'nodpublishers'),
  northwind: company('Northwind Traders', 'northwindtraders'),
  parnell: company('Parnell Aerospace', 'parnellaerospace'),
  phoneCompany: company('The Phone Company', 'thephonecompany'),
  proseware: company('Proseware, Inc.', 'proseware'),
  relecloud: company('Relecloud', 'relecloud'),
  schoolOfFineArt: company('School of Fine Art', 'fineartschool'),
  southridge: company('Southridge Video', 'southridgevideo'),
  tailspin: company('Tailspin Toys', 'tailspintoys'),
  tailwind: company('Tailwind Traders', 'tailwindtraders'),
  treyResearch: company('Trey Research', 'treyresearch'),
  vanArsdel: company('VanArsdel, Ltd.', 'vanarsdelltd'),
  wideWorld: company('Wide World Importers', 'wideworldimporters'),
  wingtip: company('Wingtip Toys', 'wingtiptoys'),
  woodgrove: company('Woodgrove Bank', 'woodgrovebank'),
  zava: company('Zava', 'zava'),
} as const;
