import { x } from '@app/platform';
import { Injectable } from '@nestjs/common';
@Injectable()
class A { constructor() { console.log(x, process.version); } }
new A();
