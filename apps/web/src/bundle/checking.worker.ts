import { serve } from '@evenkeel/proof/page/serving';

serve();
